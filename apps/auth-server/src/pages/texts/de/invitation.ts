import type { invitation as english } from '../en/invitation';

export const invitation: typeof english = {
  title: (organisation) => `${organisation} beitreten`,
  lead: (organisation, address) => `${organisation} lädt ${address} ein.`,
  leadBy: (organisation, address, inviter) => `${inviter} lädt ${address} zu ${organisation} ein.`,
  continue: 'Weiter',
  bySso: (organisation) => `Weiter mit der Anmeldung von ${organisation}`,
  ssoLead: (organisation) => `${organisation} meldet seine Leute selbst an. Sie brauchen hier kein Passwort.`,
  name: 'Ihr Name',
  choosePassword: 'Passwort wählen',
  join: 'Beitreten',
  signInAfterwards: 'Sie haben hier schon ein Konto: Melden Sie sich danach damit an.',
  signIn: 'Anmelden',
  joinAs: (address) => `Als ${address} beitreten`,
  otherAccount: (address, signedIn) =>
    `Diese Einladung gilt ${address}, und Sie sind als ${signedIn} angemeldet. Melden Sie sich zuerst ab und öffnen Sie sie dann noch einmal.`,
  unusableTitle: 'Diese Einladung kann nicht benutzt werden',
  unknown: 'Es gibt sie nicht. Prüfen Sie, ob die Adresse vollständig aus der E-Mail kopiert wurde.',
  used: 'Sie wurde schon benutzt. Wenn Sie das waren, melden Sie sich an wie immer.',
  expired: 'Sie ist abgelaufen. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.',
  revoked: 'Sie wurde zurückgezogen. Fragen Sie bei der Person nach, die Sie eingeladen hat.',
  joinedTitle: 'Sie sind dabei',
  joined: (organisation) => `${organisation} hat Sie aufgenommen.`,
};
