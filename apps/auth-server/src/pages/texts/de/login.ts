import type { login as english } from '../en/login';

export const login: typeof english = {
  title: (application) => `Bei ${application} anmelden`,
  thisApplication: 'dieser Anwendung',
  workEmail: 'Geschäftliche E-Mail-Adresse',
  password: 'Passwort',
  next: 'Weiter',
  signIn: 'Anmelden',
  whatFollows:
    'Danach öffnet sich die Anmeldung Ihres Unternehmens, oder Sie werden nach Ihrem Passwort gefragt.',
  otherEmail: 'Andere E-Mail-Adresse benutzen',
  degraded: 'Wir konnten nicht nach Single Sign-on sehen. Ihr Passwort können Sie trotzdem benutzen.',
  closed:
    'Single Sign-on ist in diesem Dienst vorübergehend abgeschaltet. Wenn Sie hier ein Passwort haben, können Sie es benutzen.',
  emailIncomplete: 'Geben Sie eine vollständige E-Mail-Adresse ein.',
  wrong:
    'E-Mail-Adresse oder Passwort stimmt nicht. Wenn Ihr Unternehmen Single Sign-on benutzt, gehen Sie zurück und nehmen Sie die Adresse dort.',
  nothingTitle: 'Anmelden',
  whereTo: 'Wohin möchten Sie?',
  nothingUnderWay:
    'In diesem Browser wird gerade niemand angemeldet. Öffnen Sie die Anwendung, die Sie benutzen möchten, und melden Sie sich dort an.',
};
