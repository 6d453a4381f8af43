import type { Messages } from '../messages';

/** What a refusal says to someone who only wanted to sign in. */
export const messages: Messages = {
  startAgain: () => 'That sign-in took too long or was answered already. Please start again.',
  idpAnswer: () =>
    "Your company's sign-in service sent an answer that we could not accept. Please send the reference below to your IT team.",
  idpStatus: () =>
    "Your company's sign-in service did not sign you in. Please try again, or ask your IT team for access.",
  reauthenticate: () =>
    'Your organisation wants you to prove who you are each time, and its sign-in service let you through without asking. Please start again; if it stays so, send the reference below to your IT team.',
  outsideDomains: (organisation) =>
    `You are signed in at your company, but your e-mail address is outside the domains of ${organisation} and not connected there. Please ask an owner of ${organisation} to let you in, and give them the reference below.`,
  byInvitation: (organisation) =>
    `You are signed in at your company, but ${organisation} lets people in by invitation only. Please ask an owner of ${organisation} to invite you, and give them the reference below.`,
  notLinked: (organisation) =>
    `You have an account here with this e-mail address, but it is not connected to the single sign-on of ${organisation}. If you belong to ${organisation}, sign in with your password or passkey and choose Connect on your account page. Otherwise please ask an owner of ${organisation} to invite you, and give them the reference below.`,
  suspended: (organisation) =>
    `Your access is suspended. Please ask an owner of ${organisation}, and give them the reference below.`,
  removed: (organisation) =>
    `You were removed from ${organisation}; if that is a mistake, please ask an owner of ${organisation} for an invitation, and give them the reference below.`,
  deprovisioned: (organisation) =>
    `The directory of ${organisation} says that you have no access; if that is a mistake, please ask your IT department to assign you again, and give them the reference below.`,
  needsExemption: (organisation) =>
    `${organisation} requires SSO, and its sign-in service knows nothing of your e-mail address. Please ask whoever invited you for an exemption.`,
  invitationUnknown: () =>
    'This link belongs to no invitation. If you were sent several, please use the link in the newest one, and the whole of it.',
  invitationOver: () =>
    'This invitation was used already, was withdrawn, or is too old. Please ask whoever invited you to send it again.',
  openInvitation: (organisation) =>
    `You are invited to ${organisation}: please open the link in the invitation that was mailed to you first, then sign in.`,
  invitationElsewhere: () =>
    'This invitation was opened in another browser. Please go on there, or ask whoever invited you to send it again.',
  invitationNotYours: () =>
    'You are signed in as somebody else than was invited. Please sign out, and sign in with the address to which the invitation was sent.',
  signInFirst: () =>
    'There is an account with this e-mail address already. Please sign in to it, then accept the invitation.',
  linkUnknown: () => 'This link leads nowhere. Please open the newest mail again and use the whole link.',
  linkOver: () =>
    'This link cannot be used any more, or something changed while you were signing in. Please sign in as usual: you are told there what to do.',
  linkedOtherwise: () =>
    'The account that you used at your company’s sign-in is connected to somebody else here. Please sign out there, sign in with your own account, and try again.',
  organisationSuspended: (organisation) =>
    `Sign-in is suspended for everybody of ${organisation} at present. Please ask an owner of ${organisation}, who can ask the service.`,
  testByAdmin: (organisation) =>
    `A test counts only when an owner or admin of ${organisation} signs in. Nothing was changed.`,
  noAccess: (organisation) =>
    `Please ask an owner of ${organisation} to let you in, and give them the reference below.`,
  signInLoop: () =>
    "You were sent to your company's sign-in and back several times within a minute, and it never ended in a session. Please wait a minute before you try again, and send the reference below to your IT team if it stays so.",
  applicationLoop: () =>
    'The application sent you here several times within a minute, although you are signed in. Please allow cookies for the application and try again; if it stays so, tell those who run it.',
  cookiesBlocked: () =>
    'Your browser did not keep the cookie that ties this sign-in to it. Please allow cookies for this site, or use a window that is not private, and start again in the application.',
  ssoClosed: () =>
    'Single sign-on is switched off on this service for now. Please try again later, or sign in another way.',
  notReady: () => 'Single sign-on of your organisation is not ready. Please ask its IT team.',
  ssoRequired: () =>
    "Your organization requires SSO. Please continue with your company's sign-in instead of a password.",
  ssoNotEntitled: (organisation) =>
    `Single sign-on is not part of what ${organisation} uses at present. Please sign in another way, or ask one of its owners.`,
  usePassword: (organisation) =>
    `Your account in ${organisation} signs in by password. Please use it, or ask an admin of ${organisation} to put you on single sign-on.`,
  secondFactor: () => 'A second factor is needed besides your password. Please start again.',
  passwordLength: () =>
    'A password has 12 to 1,024 characters. A few words with spaces between them will do.',
  passwordCommon: () =>
    'This password is among those that are guessed first. Please take several unrelated words, or let a password manager make one.',
  passwordPersonal: () =>
    'This password is made of your address, your organisation or the product. Please take one that says nothing of you.',
  passwordWrong: () => 'This is not your current password. Please try again, or have it reset by e-mail.',
  resetInvalid: () =>
    'This link was used already, is older than 30 minutes, or a newer one was sent. Please ask for a new one.',
  proveAgain: () =>
    'To change how you sign in, please sign in once more with your password or passkey first.',
  factorExists: () =>
    'An authenticator app is set up already. Please remove it first if you want to use another one.',
  codeWrong: () => 'This code is not right, or was used already. Please wait for the next one and try again.',
  passkeyInvalid: () => 'This passkey could not be used. Please start again, or choose another way.',
  otherBrowser: () =>
    'This sign-in was begun in another browser, or cookies are blocked in this one. Please start again here, with cookies allowed.',
  signInAgain: () => 'You are signed out. Please sign in again.',
  tooFast: () => 'Too many attempts. Please wait a minute and try again.',
  tryLater: () => 'Something did not answer in time. Please try again in a few minutes.',
  badRequest: () => 'This request was not understood. Please go back and try again.',
  noPage: () => 'There is nothing at this address. Please check that you copied all of it.',
  ours: () =>
    'Something went wrong on our side. Please try again; if it happens again, send the reference below to your IT team.',
};
