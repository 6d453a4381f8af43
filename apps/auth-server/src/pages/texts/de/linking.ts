import type { linking as english } from '../en/linking';

export const linking: typeof english = {
  mailTitle: 'Konto verknüpfen',
  mailLead: (organisation, connection) =>
    `Bei ${organisation} meldet man sich mit ${connection} an. Verknüpfen Sie Ihr Konto einmal damit: Melden Sie sich bei ${connection} an, mehr ist nicht zu tun.`,
  account: 'Ihr Konto hier',
  nothingYet: 'Bevor Sie sich dort angemeldet haben, ändert sich nichts.',
  connect: 'Weiter zur Anmeldung',
  unusableTitle: 'Dieser Link kann nicht benutzt werden',
  unknown: 'Er führt nirgendwohin. Prüfen Sie, ob die Adresse vollständig aus der E-Mail kopiert wurde.',
  used: 'Er wurde schon benutzt: Ihr Konto ist verknüpft. Melden Sie sich an wie immer.',
  expired: 'Er ist abgelaufen: Ein solcher Link gilt 72 Stunden.',
  revoked: 'Es gibt einen neueren, oder seit er verschickt wurde, hat sich etwas geändert.',
  sendNew: 'Neuen Link per E-Mail senden',
  askLead:
    'Gehören Sie dazu und haben hier ein Konto? Dann können wir Ihnen einen Link schicken, der es verknüpft.',
  ask: 'Link per E-Mail senden',
  askedTitle: 'Sehen Sie in Ihre E-Mails',
  asked:
    'Wenn sich ein Konto verknüpfen lässt, ist eine E-Mail mit einem Link an die Adresse dieses Kontos unterwegs. Das kann einige Minuten dauern.',

  codeTitle: 'Code aus der E-Mail eingeben',
  sameAddress: (connection, address) =>
    `${connection} hat Sie als ${address} angemeldet. Mit dieser Adresse gibt es hier ein Konto, das noch nicht verknüpft ist.`,
  otherAddress: (connection, named, address) =>
    `${connection} hat Sie als ${named} angemeldet. Das Konto, das verknüpft werden soll, hat eine andere Adresse: ${address}.`,
  noAddress: (connection, address) =>
    `${connection} hat nicht gesagt, welche Adresse Ihre ist. Verknüpft werden soll das Konto ${address}.`,
  joins: (organisation) => `Damit werden Sie Mitglied von ${organisation}.`,
  codeSent: (address) =>
    `Wir haben einen Code an ${address} geschickt. Geben Sie ihn hier ein, um zu zeigen, dass das Konto Ihnen gehört.`,
  codeNotSent:
    'Es wurde kein Code verschickt: Innerhalb einer Stunde wurden zu viele angefordert. Bitte fordern Sie später noch einmal einen an.',
  code: 'Code',
  codeHint: 'Acht Ziffern; ein Leerzeichen dazwischen stört nicht.',
  confirm: 'Konto verknüpfen',
  another: 'Noch einen Code senden',
  slowDown: (minutes) =>
    `Es wurden zu viele Codes angefordert. Warten Sie ${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'} und fordern Sie dann noch einmal einen an.`,
  noMoreCodes:
    'Für diese Anmeldung kann kein weiterer Code verschickt werden. Nehmen Sie den aus der neuesten E-Mail, oder beginnen Sie noch einmal von vorn.',
  codeWrong: 'Dieser Code stimmt nicht. Nehmen Sie den aus der neuesten E-Mail.',
  notYours: 'Das ist nicht Ihr Konto? Dann schließen Sie diese Seite: Es wird nichts verknüpft.',
  overTitle: 'Bitte noch einmal',
  over: 'Fünfmal wurde ein falscher Code eingegeben, deshalb ist dieser Versuch beendet. Es wurde nichts verknüpft.',
  lapsed:
    'Das hat mehr als 15 Minuten gedauert, deshalb ist dieser Versuch beendet. Es wurde nichts verknüpft.',
  again: 'Noch einmal anmelden',

  sessionTitle: 'Dieses Konto verknüpfen?',
  sessionLead: (connection, named, address) =>
    `${connection} hat Sie als ${named} angemeldet. Hier sind Sie als ${address} angemeldet. Ist beides verknüpft, öffnet die Anmeldung von ${named} dieses Konto.`,
  sessionNameless: (connection, address) =>
    `${connection} hat Sie angemeldet und nicht gesagt, welche Adresse Ihre ist. Hier sind Sie als ${address} angemeldet. Ist beides verknüpft, öffnet jene Anmeldung dieses Konto.`,
  doneTitle: 'Ihr Konto ist verknüpft',
  done: (organisation, connection) =>
    `Von jetzt an melden Sie sich bei ${organisation} mit ${connection} an.`,
  doneEnded: (organisation) =>
    `War es das erste Mal, wurden Sie bei ${organisation} überall abgemeldet, wo Sie mit Passwort oder Passkey angemeldet waren, und Ihre API-Tokens dort gelten nicht mehr. So kann niemand sonst etwas damit anfangen.`,
  toAccount: 'Bei Ihrem Konto anmelden',

  title: 'Single Sign-on',
  lead: 'Diese Anmeldungen öffnen Ihr Konto.',
  linked: (connection, organisation) => `${connection} von ${organisation}`,
  since: (time) => `Verknüpft seit ${time}`,
  none: 'Ihr Konto ist noch mit keiner Anmeldung verknüpft.',
  canConnect: 'Konto verknüpfen',
  canConnectLead:
    'Melden Sie sich einmal bei Ihrer Organisation an. Vielleicht fragen wir vorher nach Ihrem Passwort oder Passkey.',
  connectWith: (connection, organisation) => `Mit ${connection} von ${organisation} verknüpfen`,
};
