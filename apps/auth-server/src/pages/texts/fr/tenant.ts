import type { tenant as english } from '../en/tenant';

export const tenant: typeof english = {
  bySaml: 'Se connecter avec SAML',
  noWay:
    'Personne ne peut encore se connecter ici : l’authentification unique n’est pas configurée, et les mots de passe ne sont pas autorisés.',
  ownerQuestion: 'La connexion de votre entreprise ne marche pas ?',
  ownerAccess: 'Accès des propriétaires',
  ownerLead: (organisation) =>
    `Pour les propriétaires de ${organisation}, quand l’authentification unique est en panne, et pour les personnes qui en sont dispensées. Un second facteur peut être demandé.`,
  backToWays: 'Retour aux autres moyens',
  unknownTitle: 'Cette page n’existe pas',
  unknown:
    'Aucune organisation ne se connecte à cette adresse. Vérifiez que l’adresse a été copiée en entier.',
  ssoRequired: 'Votre organisation exige l’authentification unique (SSO)',
  ssoRequiredLead: (organisation) =>
    `${organisation} demande que tout le monde se connecte par son fournisseur d’identité. Votre mot de passe est correct, mais ici il n’ouvre rien.`,
  ssoNotReady: (organisation) =>
    `Son authentification unique n’est pas activée en ce moment. Adressez-vous à un propriétaire de ${organisation}.`,
  chooseTitle: 'Choisir une organisation',
  chooseLead: 'Votre compte appartient à plusieurs. Vous pourrez en changer plus tard.',
};
