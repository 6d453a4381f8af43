/** The page of a refusal, around the message of its reason. */
export const errors = {
  /** What the organisation is called where its name is not known. */
  yourOrganisation: 'your organisation',
  notFinished: 'We could not finish signing you in',
  noAccess: 'You do not have access',
  loop: 'We stopped a sign-in that went round in circles',
  backToSignIn: 'Back to sign-in',
  tryAgain: 'Try again',
  reference: 'Reference',
  details: 'Details for your IT team',
  code: 'Code',
  whatHappened: 'What happened',
  expected: 'Expected',
  received: 'Received',
  causes: 'What is usually behind this',
  loopCauses: [
    'Cookies: the browser, or an extension in it, does not keep them for this site or for the application.',
    'The ACS URL at the identity provider: answers are sent to another address than the one that we gave.',
    'The entity ID (audience) at the identity provider differs from ours.',
    'The clock of the identity provider is wrong by minutes, so that its answers are never valid.',
  ],
};
