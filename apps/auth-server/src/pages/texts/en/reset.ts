/** A forgotten password: from the request to a new one. */
export const reset = {
  title: 'Reset your password',
  lead: 'Type the e-mail address of your account. A link to choose a new password is sent to it.',
  send: 'Send the link',
  back: 'Back to sign-in',
  sentTitle: 'Check your inbox',
  sent: (address: string) =>
    `If there is an account for ${address}, a link is on its way to it. It works once.`,
  notThere: 'Nothing after a few minutes? Look in your spam folder, and check the address.',
  chooseTitle: 'Choose a new password',
  account: 'Account',
  newPassword: 'New password',
  rules: 'At least 12 characters. A sentence that only you would say is a good one.',
  save: 'Save the new password',
  unusableTitle: 'This link cannot be used',
  unusable: 'It was used already, has expired or was not copied whole. Ask for a new one.',
  askAgain: 'Ask for a new link',
  doneTitle: 'Your password is changed',
  done: 'Every open session has ended. Sign in with the new password; your second factor stays as it was.',
  signIn: 'Sign in',
};
