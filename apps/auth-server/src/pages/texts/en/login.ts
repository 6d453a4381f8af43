/** The page that asks for the e-mail address first, and the one that asks for a password. */
export const login = {
  title: (application: string) => `Sign in to ${application}`,
  yourAccount: 'your account',
  workEmail: 'Work e-mail',
  password: 'Password',
  next: 'Next',
  signIn: 'Sign in',
  whatFollows: "Next, your company's sign-in opens, or you are asked for your password.",
  usePassword: 'Use a password instead',
  otherEmail: 'Use another e-mail',
  forgotten: 'Forgot your password?',
  passkey: 'Sign in with a passkey',
  passkeyFailed: 'No passkey was used. Try again, or sign in another way.',
  or: 'or',
  degraded: 'We could not check for single sign-on. You can still use your password.',
  closed:
    'Single sign-on is switched off on this service for now. If you have a password here, you can use it.',
  proof:
    'Show once more that it is you, with your password or a passkey: single sign-on is not enough for this.',
  emailIncomplete: 'Type a whole e-mail address, such as ana@company.example.',
  passwordMissing: 'Type your password.',
  wrong: 'E-mail address or password is not right. Check both, or choose another way of signing in.',
  slowDown: (seconds: number) =>
    `Too many attempts. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`,
  nothingTitle: 'Sign in',
  whereTo: 'Where do you want to go?',
  nothingUnderWay:
    'No sign-in is under way in this browser. Open the application that you want to use and choose Sign in there.',
  toAccount: 'Or sign in to your account here',
};
