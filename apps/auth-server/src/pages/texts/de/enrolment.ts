import type { enrolment as english } from '../en/enrolment';

export const enrolment: typeof english = {
  title: 'Zweiten Faktor einrichten',
  lead: 'Ein Passwort allein genügt hier nicht. Der zweite Faktor ist eine Authenticator-App auf Ihrem Telefon.',
  scan: 'Scannen Sie dieses Bild mit der App.',
  picture: 'Der Schlüssel darunter als Bild für die Kamera Ihres Telefons',
  orType: 'Oder geben Sie diesen Schlüssel in die App ein:',
  openApp: 'Die App auf diesem Gerät öffnen',
  thenCode: 'Geben Sie dann den Code ein, den die App zeigt',
  confirm: 'Bestätigen',
  codesTitle: 'Bewahren Sie Ihre Wiederherstellungscodes auf',
  codesLead:
    'Jeder gilt einmal, anstelle der App oder des Passkeys: Bewahren Sie sie dort auf, wo Sie sie ohne Ihr Telefon finden. Sie werden nur jetzt gezeigt.',
  kept: 'Ich habe sie aufbewahrt, weiter',
};
