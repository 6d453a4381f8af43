import type { tenant as english } from '../en/tenant';

export const tenant: typeof english = {
  bySaml: 'Mit SAML anmelden',
  noWay:
    'Hier kann sich noch niemand anmelden: Single Sign-on ist nicht eingerichtet, und Passwörter sind nicht erlaubt.',
  ownerQuestion: 'Ihre Firmenanmeldung geht nicht?',
  ownerAccess: 'Zugang für Inhaber',
  ownerLead: (organisation) =>
    `Für Inhaberinnen und Inhaber von ${organisation}, wenn Single Sign-on ausfällt, und für Personen, die davon ausgenommen sind. Ein zweiter Faktor kann verlangt werden.`,
  backToWays: 'Zurück zu den anderen Anmeldewegen',
  unknownTitle: 'Diese Seite gibt es nicht',
  unknown: 'Zu dieser Adresse gehört keine Organisation. Prüfen Sie, ob sie vollständig kopiert wurde.',
  ssoRequired: 'Ihre Organisation verlangt Single Sign-on',
  ssoRequiredLead: (organisation) =>
    `${organisation} möchte, dass Sie sich über den eigenen Identitätsanbieter anmelden. Ihr Passwort stimmt, genügt hier aber nicht.`,
  ssoNotReady: (organisation) =>
    `Das Single Sign-on von ${organisation} ist zurzeit nicht eingeschaltet. Fragen Sie dort eine Inhaberin oder einen Inhaber.`,
  chooseTitle: 'Organisation wählen',
  chooseLead: 'Sie gehören zu mehreren Organisationen und können später zwischen ihnen wechseln.',
};
