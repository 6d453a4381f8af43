/** The pages that connect an account to the identity at an identity provider, and the list of what is connected. */
export const linking = {
  mailTitle: 'Connect your account',
  mailLead: (organisation: string, connection: string) =>
    `${organisation} lets its people sign in with ${connection}. Connect your account to it once: sign in at ${connection}, and that is all.`,
  account: 'Your account here',
  nothingYet: 'Nothing changes before you have signed in there.',
  connect: 'Continue and sign in',
  unusableTitle: 'This link cannot be used',
  unknown: 'It leads nowhere. Check that the whole address was copied from the mail.',
  used: 'It was used already: your account is connected. Sign in as usual.',
  expired: 'It has expired: such a link is good for 72 hours.',
  revoked: 'It is not the newest one, or something changed since it was sent.',
  sendNew: 'Mail me a new link',
  askLead:
    'Do you belong to the organisation and have an account here? Then we can mail you a link that connects it.',
  ask: 'Mail me a link',
  askedTitle: 'Check your mail',
  asked:
    'If an account can be connected, a mail with a link is on its way to the address of that account. It can take a few minutes.',

  codeTitle: 'Type the code from your mail',
  sameAddress: (connection: string, address: string) =>
    `${connection} signed you in as ${address}. There is an account with this address here, which is not connected yet.`,
  otherAddress: (connection: string, named: string, address: string) =>
    `${connection} signed you in as ${named}. The account that is to be connected has another address: ${address}.`,
  noAddress: (connection: string, address: string) =>
    `${connection} did not say which address is yours. The account that is to be connected is ${address}.`,
  joins: (organisation: string) => `By this you become a member of ${organisation}.`,
  codeSent: (address: string) =>
    `We mailed a code to ${address}. Type it here to show that the account is yours.`,
  codeNotSent: 'No code was mailed: too many were asked for within the hour. Ask for one again later.',
  code: 'Code',
  codeHint: 'Eight digits; a space between them does not matter.',
  confirm: 'Connect the account',
  another: 'Mail me another code',
  slowDown: (minutes: number) =>
    `Too many codes were asked for. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then ask again.`,
  noMoreCodes:
    'No more codes can be mailed for this sign-in. Use the one from the newest mail, or start again from the beginning.',
  codeWrong: 'This code is not right. Use the one from the newest mail.',
  notYours: 'This is not your account? Then close this page: nothing is connected.',
  overTitle: 'Start again',
  over: 'A wrong code was typed five times, so this try is over. Nothing was connected.',
  lapsed: 'This took more than 15 minutes, so this try is over. Nothing was connected.',
  again: 'Sign in again',

  sessionTitle: 'Connect this account?',
  sessionLead: (connection: string, named: string, address: string) =>
    `${connection} signed you in as ${named}. You are signed in here as ${address}. Once the two are connected, the sign-in of ${named} opens this account.`,
  sessionNameless: (connection: string, address: string) =>
    `${connection} signed you in and did not say which address is yours. You are signed in here as ${address}. Once the two are connected, that sign-in opens this account.`,
  doneTitle: 'Your account is connected',
  done: (organisation: string, connection: string) =>
    `From now on you sign in to ${organisation} with ${connection}.`,
  doneEnded: (organisation: string) =>
    `If it was the first time, you were signed out of ${organisation} wherever you had signed in with a password or passkey, and your API tokens there no longer work. That keeps out anybody else who had them.`,
  toAccount: 'Sign in to your account',

  title: 'Single sign-on',
  lead: 'These sign-ins open your account.',
  linked: (connection: string, organisation: string) => `${connection} of ${organisation}`,
  since: (time: string) => `Connected since ${time}`,
  none: 'Your account is not connected to any sign-in yet.',
  canConnect: 'Connect your account',
  canConnectLead: 'Sign in once at your organisation. We may ask for your password or passkey first.',
  connectWith: (connection: string, organisation: string) => `Connect with ${connection} of ${organisation}`,
};
