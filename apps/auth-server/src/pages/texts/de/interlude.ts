import type { interlude as english } from '../en/interlude';

export const interlude: typeof english = {
  title: 'Einen Moment',
  toSignIn: 'Sie werden zur Anmeldung Ihres Unternehmens weitergeleitet.',
  toSignOut: 'Sie sind hier abgemeldet und werden zur Abmeldung Ihres Unternehmens weitergeleitet.',
  backFromSignOut: 'Sie sind hier abgemeldet und werden zurückgeleitet.',
  continue: 'Weiter',
};
