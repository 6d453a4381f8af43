/** The sign-in page of one organisation, and what its policy says on the way. */
export const tenant = {
  bySaml: 'Sign in with SAML',
  noWay: 'Nobody can sign in here yet: single sign-on is not set up, and passwords are not allowed.',
  ownerQuestion: "Can't use your company login?",
  ownerAccess: 'Owner access',
  ownerLead: (organisation: string) =>
    `For owners of ${organisation}, when single sign-on fails, and for people who are exempt from it. A second factor may be asked for.`,
  backToWays: 'Back to the other ways to sign in',
  unknownTitle: 'There is no such page',
  unknown: 'No organisation signs in at this address. Check that you copied the whole address.',
  ssoRequired: 'Your organization requires SSO',
  ssoRequiredLead: (organisation: string) =>
    `${organisation} wants you to sign in through its identity provider. Your password is right, but it is not enough here.`,
  ssoNotReady: (organisation: string) =>
    `The single sign-on of ${organisation} is not switched on at present. Ask one of its owners.`,
  chooseTitle: 'Choose an organisation',
  chooseLead: 'You belong to several. You can switch between them later.',
};
