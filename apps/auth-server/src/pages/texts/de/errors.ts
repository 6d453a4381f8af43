import type { errors as english } from '../en/errors';

export const errors: typeof english = {
  yourOrganisation: 'Ihrer Organisation',
  notFinished: 'Die Anmeldung konnte nicht abgeschlossen werden',
  noAccess: 'Sie haben keinen Zugang',
  loop: 'Wir haben eine Anmeldung angehalten, die sich im Kreis drehte',
  backToSignIn: 'Zurück zur Anmeldung',
  tryAgain: 'Noch einmal versuchen',
  reference: 'Referenz',
  details: 'Einzelheiten für Ihre IT-Abteilung',
  code: 'Code',
  whatHappened: 'Was geschehen ist',
  expected: 'Erwartet',
  received: 'Erhalten',
  causes: 'Woran es meistens liegt',
  loopCauses: [
    'Cookies: Der Browser oder eine Erweiterung darin behält sie für diese Seite oder für die Anwendung nicht.',
    'Die ACS-URL beim Identitätsanbieter: Antworten gehen an eine andere Adresse als die, die wir angegeben haben.',
    'Die Entity-ID (Audience) beim Identitätsanbieter ist eine andere als unsere.',
    'Die Uhr des Identitätsanbieters geht um Minuten falsch, sodass seine Antworten nie gültig sind.',
  ],
};
