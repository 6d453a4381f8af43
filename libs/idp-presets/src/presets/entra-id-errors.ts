import { texts } from '../instructions';
import type { KnownError } from '../preset';

/** The numbers of Entra ID that tell what is wrong with an app. */
export const entraIdErrors: readonly KnownError[] = [
  {
    says: ['AADSTS50105'],
    means: texts(
      'The person is not assigned to the app.',
      'Die Person ist der App nicht zugewiesen.',
      'La personne n’est pas affectée à l’application.',
    ),
    mender: 'it-admin',
    place: 'assignment',
  },
  {
    says: ['AADSTS700016'],
    means: texts(
      'No app of this tenant has our entity ID, or it is the wrong tenant.',
      'Keine App dieses Mandanten hat unsere Entitäts-ID, oder es ist der falsche Mandant.',
      'Aucune application de ce locataire n’a notre ID d’entité, ou ce n’est pas le bon locataire.',
    ),
    mender: 'it-admin',
    place: 'audience',
  },
  {
    says: ['AADSTS50011'],
    means: texts(
      'The address we ask the answer for is none of the Reply URLs; case and slashes count.',
      'Die Adresse, an die wir die Antwort wünschen, ist keine der Antwort-URLs; Groß-, Kleinschreibung und Schrägstriche zählen.',
      'L’adresse à laquelle nous demandons la réponse n’est aucune des URL de réponse ; la casse et les barres obliques comptent.',
    ),
    mender: 'it-admin',
    place: 'acs-url',
  },
  {
    says: ['AADSTS75011'],
    means: texts(
      'A way of signing in was asked for that the person did not use: ask for none in the settings of the connection.',
      'Es wurde eine Anmeldeart verlangt, die die Person nicht verwendet hat: Verlangen Sie in den Einstellungen der Verbindung keine.',
      'Un mode d’authentification a été exigé, que la personne n’a pas utilisé : n’en exigez aucun dans les réglages de la connexion.',
    ),
    mender: 'it-admin',
  },
];
