/** The page that asks for the e-mail address first. */
export const login = {
  title: (application: string) => `Sign in to ${application}`,
  thisApplication: 'this application',
  workEmail: 'Work e-mail',
  password: 'Password',
  next: 'Next',
  signIn: 'Sign in',
  whatFollows: "Next, your company's sign-in opens, or you are asked for your password.",
  otherEmail: 'Use another e-mail',
  degraded: 'We could not check for single sign-on. You can still use your password.',
  closed:
    'Single sign-on is switched off on this service for now. If you have a password here, you can use it.',
  emailIncomplete: 'Type a whole e-mail address.',
  wrong: 'E-mail or password is not right. If your company uses single sign-on, go back and use that e-mail.',
  nothingTitle: 'Sign in',
  whereTo: 'Where do you want to go?',
  nothingUnderWay:
    'No sign-in is under way in this browser. Open the application that you want to use and choose Sign in there.',
};
