/** The page between ours and an identity provider's, where the browser sends a form on. */
export const interlude = {
  title: 'One moment',
  toSignIn: "You are being sent to your company's sign-in.",
  toSignOut: "You are signed out here, and sent to your company's sign-out.",
  backFromSignOut: 'You are signed out here, and sent back.',
  continue: 'Continue',
};
