import type { reset as english } from '../en/reset';

export const reset: typeof english = {
  title: 'Passwort zurücksetzen',
  lead: 'Geben Sie die E-Mail-Adresse Ihres Kontos ein. Dorthin wird ein Link geschickt, mit dem Sie ein neues Passwort wählen.',
  send: 'Link schicken',
  back: 'Zurück zur Anmeldung',
  sentTitle: 'Sehen Sie in Ihrem Postfach nach',
  sent: (address) => `Wenn es ein Konto für ${address} gibt, ist ein Link dorthin unterwegs. Er gilt einmal.`,
  notThere: 'Nach einigen Minuten nichts da? Sehen Sie im Spam-Ordner nach, oder prüfen Sie die Adresse.',
  chooseTitle: 'Neues Passwort wählen',
  account: 'Konto',
  newPassword: 'Neues Passwort',
  rules: 'Mindestens 12 Zeichen. Gut ist ein Satz, den nur Sie sagen würden.',
  save: 'Neues Passwort speichern',
  unusableTitle: 'Dieser Link kann nicht benutzt werden',
  unusable:
    'Er wurde schon benutzt, ist abgelaufen oder wurde nicht ganz kopiert. Fordern Sie einen neuen an.',
  askAgain: 'Neuen Link anfordern',
  doneTitle: 'Ihr Passwort ist geändert',
  done: 'Alle offenen Sitzungen sind beendet. Melden Sie sich mit dem neuen Passwort an; Ihr zweiter Faktor bleibt, wie er war.',
  signIn: 'Anmelden',
};
