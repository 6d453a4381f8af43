/** Somebody follows an invitation. */
export const invitation = {
  title: (organisation: string) => `Join ${organisation}`,
  lead: (organisation: string, address: string) => `${organisation} invites ${address}.`,
  leadBy: (organisation: string, address: string, inviter: string) =>
    `${inviter} of ${organisation} invites ${address}.`,
  continue: 'Continue',
  bySso: (organisation: string) => `Continue with the sign-in of ${organisation}`,
  ssoLead: (organisation: string) => `${organisation} signs its people in itself. You need no password here.`,
  name: 'Your name',
  choosePassword: 'Choose a password',
  join: 'Join',
  signInAfterwards: 'You have an account here already: sign in with it afterwards.',
  signIn: 'Sign in',
  joinAs: (address: string) => `Join as ${address}`,
  otherAccount: (address: string, signedIn: string) =>
    `This invitation is for ${address}, and you are signed in as ${signedIn}. Sign out first, then open it again.`,
  unusableTitle: 'This invitation cannot be used',
  unknown: 'There is no such invitation. Check that you copied the whole address from the mail.',
  used: 'It was used already. If that was you, sign in as always.',
  expired: 'It has expired. Ask whoever invited you for a new one.',
  revoked: 'It was withdrawn. Ask whoever invited you.',
  joinedTitle: 'You are in',
  joined: (organisation: string) => `You belong to ${organisation} now.`,
};
