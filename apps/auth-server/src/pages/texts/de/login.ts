import type { login as english } from '../en/login';

export const login: typeof english = {
  title: (application) => `Bei ${application} anmelden`,
  yourAccount: 'Ihrem Konto',
  workEmail: 'Geschäftliche E-Mail-Adresse',
  password: 'Passwort',
  next: 'Weiter',
  signIn: 'Anmelden',
  whatFollows:
    'Danach öffnet sich die Anmeldung Ihres Unternehmens, oder Sie werden nach Ihrem Passwort gefragt.',
  usePassword: 'Stattdessen ein Passwort benutzen',
  otherEmail: 'Andere E-Mail-Adresse benutzen',
  forgotten: 'Passwort vergessen?',
  passkey: 'Mit einem Passkey anmelden',
  passkeyFailed:
    'Es wurde kein Passkey benutzt. Versuchen Sie es noch einmal, oder melden Sie sich auf anderem Weg an.',
  or: 'oder',
  degraded:
    'Wir konnten nicht prüfen, ob Ihr Unternehmen Single Sign-on benutzt. Ihr Passwort können Sie trotzdem benutzen.',
  closed:
    'Single Sign-on ist in diesem Dienst vorübergehend abgeschaltet. Wenn Sie hier ein Passwort haben, können Sie es benutzen.',
  proof:
    'Zeigen Sie bitte noch einmal, dass Sie es sind, mit Ihrem Passwort oder einem Passkey: Single Sign-on genügt dafür nicht.',
  emailIncomplete: 'Geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel ana@firma.example.',
  passwordMissing: 'Geben Sie Ihr Passwort ein.',
  wrong: 'E-Mail-Adresse oder Passwort stimmt nicht. Prüfen Sie beides, oder wählen Sie einen anderen Weg.',
  slowDown: (seconds) =>
    `Zu viele Versuche. Warten Sie ${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} und versuchen Sie es dann noch einmal.`,
  nothingTitle: 'Anmelden',
  whereTo: 'Wohin möchten Sie?',
  nothingUnderWay:
    'In diesem Browser läuft gerade keine Anmeldung. Öffnen Sie die Anwendung, die Sie benutzen möchten, und melden Sie sich dort an.',
  toAccount: 'Oder hier bei Ihrem Konto anmelden',
};
