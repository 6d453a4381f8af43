import type { tenant as english } from '../en/tenant';

export const tenant: typeof english = {
  bySaml: 'Se connecter avec SAML',
  noWay:
    'Personne ne peut encore se connecter ici : l’authentification unique n’est pas configurée, et les mots de passe ne sont pas autorisés.',
  ownerQuestion: 'La connexion de votre entreprise ne marche pas ?',
  ownerAccess: 'Accès des propriétaires',
  ownerLead: (organisation) =>
    `Pour les propriétaires de ${organisation}, quand l’authentification unique est en panne, et pour les personnes qui en sont dispensées. Un second facteur peut être demandé.`,
  backToWays: 'Retour aux autres moyens de connexion',
  unknownTitle: 'Cette page n’existe pas',
  unknown: 'Aucune organisation ne correspond à cette adresse. Vérifiez qu’elle a été copiée en entier.',
  ssoRequired: 'Votre organisation exige l’authentification unique (SSO)',
  ssoRequiredLead: (organisation) =>
    `${organisation} vous demande de vous connecter par son fournisseur d’identité. Votre mot de passe est correct, mais il ne suffit pas ici.`,
  ssoNotReady: (organisation) =>
    `L’authentification unique de ${organisation} n’est pas activée en ce moment. Adressez-vous à l’un de ses propriétaires.`,
  chooseTitle: 'Choisir une organisation',
  chooseLead: 'Vous faites partie de plusieurs organisations et pourrez passer de l’une à l’autre plus tard.',
};
