import type { tenant as english } from '../en/tenant';

export const tenant: typeof english = {
  bySaml: 'Mit SAML anmelden',
  noWay:
    'Hier kann sich noch niemand anmelden: Single Sign-on ist nicht eingerichtet, und Passwörter sind nicht erlaubt.',
  ownerQuestion: 'Ihre Firmenanmeldung geht nicht?',
  ownerAccess: 'Zugang für Inhaber',
  ownerLead: (organisation) =>
    `Für Inhaberinnen und Inhaber von ${organisation}, wenn Single Sign-on ausfällt, und für Personen, die davon ausgenommen sind. Ein zweiter Faktor kann verlangt werden.`,
  backToWays: 'Zurück zu den anderen Wegen',
  unknownTitle: 'Diese Seite gibt es nicht',
  unknown:
    'Unter dieser Adresse meldet sich keine Organisation an. Prüfen Sie, ob die ganze Adresse kopiert wurde.',
  ssoRequired: 'Ihre Organisation verlangt Single Sign-on',
  ssoRequiredLead: (organisation) =>
    `${organisation} möchte, dass sich alle über den eigenen Identitätsanbieter anmelden. Ihr Passwort stimmt, öffnet hier aber nichts.`,
  ssoNotReady: (organisation) =>
    `Ihr Single Sign-on ist zurzeit nicht eingeschaltet. Fragen Sie eine Inhaberin oder einen Inhaber von ${organisation}.`,
  chooseTitle: 'Organisation wählen',
  chooseLead: 'Ihr Konto gehört zu mehreren. Sie können später zwischen ihnen wechseln.',
};
