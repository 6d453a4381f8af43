/** The sign-in page of one organisation, and what its policy says on the way. */
export const tenant = {
  bySaml: 'Sign in with SAML',
  noWay: 'Nobody can sign in here yet: single sign-on is not set up, and passwords are not allowed.',
  ownerQuestion: "Can't use your company login?",
  ownerAccess: 'Owner access',
  ownerLead: (organisation: string) =>
    `For owners of ${organisation}, when single sign-on fails, and for people who are exempt from it. A second factor may be asked for.`,
  backToWays: 'Back to the other ways',
  unknownTitle: 'There is no such page',
  unknown: 'No organisation signs in at this address. Look whether the whole address was copied.',
  ssoRequired: 'Your organization requires SSO',
  ssoRequiredLead: (organisation: string) =>
    `${organisation} wants everybody to sign in through its identity provider. Your password is right, but here it opens nothing.`,
  ssoNotReady: (organisation: string) =>
    `Its single sign-on is not switched on at present. Ask an owner of ${organisation}.`,
  chooseTitle: 'Choose an organisation',
  chooseLead: 'Your account belongs to several. You can change between them later.',
};
