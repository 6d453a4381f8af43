/** Who may not come in without a second factor, and has none, sets one up on the way. */
export const enrolment = {
  title: 'Set up a second factor',
  lead: 'A password alone is not enough here. An authenticator app on your phone is the second factor.',
  scan: 'Scan this picture with the app.',
  picture: 'The key below as a picture for the camera of your phone',
  orType: 'Or type this key into the app:',
  openApp: 'Open the app on this device',
  thenCode: 'Then type the code that the app shows',
  confirm: 'Confirm',
  codesTitle: 'Keep your recovery codes',
  codesLead:
    'Each of these works once, in place of the app or the passkey: keep them where you will find them without your phone. They are shown only now.',
  kept: 'I have kept them, continue',
};
