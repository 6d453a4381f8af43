/** Signing out at the issuer. */
export const logout = {
  title: 'Sign out',
  question: 'Sign out?',
  signOut: 'Sign out',
  doneTitle: 'Signed out',
  done: 'You are signed out',
  toAccount: 'Sign in to your account',
};
