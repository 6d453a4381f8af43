import type { errors as english } from '../en/errors';

export const errors: typeof english = {
  yourOrganisation: 'votre organisation',
  notFinished: 'Votre connexion n’a pas pu aboutir',
  noAccess: 'Vous n’avez pas accès',
  loop: 'Nous avons arrêté une connexion qui tournait en rond',
  backToSignIn: 'Retour à la connexion',
  tryAgain: 'Réessayer',
  reference: 'Référence',
  details: 'Détails pour votre service informatique',
  code: 'Code',
  whatHappened: 'Ce qui s’est passé',
  expected: 'Attendu',
  received: 'Reçu',
  causes: 'Les causes habituelles',
  loopCauses: [
    'Les cookies : le navigateur, ou une extension, ne les conserve pas pour ce site ou pour l’application.',
    'L’URL ACS chez le fournisseur d’identité : les réponses sont envoyées à une autre adresse que celle que nous avons donnée.',
    'L’identifiant d’entité (audience) chez le fournisseur d’identité diffère du nôtre.',
    'L’horloge du fournisseur d’identité est décalée de plusieurs minutes, si bien que ses réponses ne sont jamais valables.',
  ],
};
