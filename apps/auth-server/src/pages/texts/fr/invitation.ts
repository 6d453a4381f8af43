import type { invitation as english } from '../en/invitation';

export const invitation: typeof english = {
  title: (organisation) => `Rejoindre ${organisation}`,
  lead: (organisation, address) => `${organisation} invite ${address}.`,
  leadBy: (organisation, address, inviter) => `${inviter}, de ${organisation}, invite ${address}.`,
  continue: 'Continuer',
  bySso: (organisation) => `Continuer avec la connexion de ${organisation}`,
  ssoLead: (organisation) =>
    `${organisation} connecte elle-même ses membres. Vous n’avez besoin d’aucun mot de passe ici.`,
  name: 'Votre nom',
  choosePassword: 'Choisissez un mot de passe',
  join: 'Rejoindre',
  signInAfterwards: 'Vous avez déjà un compte ici : connectez-vous ensuite avec lui.',
  signIn: 'Se connecter',
  joinAs: (address) => `Rejoindre en tant que ${address}`,
  otherAccount: (address, signedIn) =>
    `Cette invitation est pour ${address}, et vous êtes connecté en tant que ${signedIn}. Déconnectez-vous d’abord, puis ouvrez-la de nouveau.`,
  unusableTitle: 'Cette invitation ne peut pas servir',
  unknown: 'Elle n’existe pas. Vérifiez que toute l’adresse du message a été copiée.',
  used: 'Elle a déjà servi. Si c’était vous, connectez-vous comme d’habitude.',
  expired: 'Elle a expiré. Demandez-en une nouvelle à la personne qui vous a invité.',
  revoked: 'Elle a été retirée. Demandez à la personne qui vous a invité.',
  joinedTitle: 'Vous y êtes',
  joined: (organisation) => `${organisation} vous compte maintenant parmi ses membres.`,
};
