import type { linking as english } from '../en/linking';

export const linking: typeof english = {
  mailTitle: 'Associer votre compte',
  mailLead: (organisation, connection) =>
    `${organisation} connecte ses membres avec ${connection}. Associez-y votre compte une fois : vous vous connectez avec ${connection}, et c’est tout.`,
  account: 'Votre compte ici',
  nothingYet: 'Rien ne change avant que vous vous y soyez connecté.',
  connect: 'Continuer et se connecter',
  unusableTitle: 'Ce lien ne peut pas servir',
  unknown: 'Il ne mène nulle part. Vérifiez que toute l’adresse du message a été copiée.',
  used: 'Il a déjà servi : votre compte est associé. Connectez-vous comme d’habitude.',
  expired: 'Il a expiré : un tel lien est valable 72 heures.',
  revoked: 'Ce n’est pas le plus récent, ou quelque chose a changé depuis son envoi.',
  sendNew: 'M’envoyer un nouveau lien',
  askLead:
    'Vous en faites partie et vous avez un compte ici ? Nous pouvons vous envoyer un lien qui l’associe.',
  ask: 'M’envoyer un lien',
  askedTitle: 'Consultez vos messages',
  asked:
    'Si un compte peut être associé, un message contenant un lien est en route vers l’adresse de ce compte. Cela peut prendre quelques minutes.',

  codeTitle: 'Saisissez le code reçu par e-mail',
  sameAddress: (connection, address) =>
    `${connection} vous a connecté en tant que ${address}. Un compte existe ici avec cette adresse, mais il n’est pas encore associé.`,
  otherAddress: (connection, named, address) =>
    `${connection} vous a connecté en tant que ${named}. Le compte à associer a une autre adresse : ${address}.`,
  noAddress: (connection, address) =>
    `${connection} n’a pas indiqué votre adresse. Le compte à associer est ${address}.`,
  joins: (organisation) => `Vous devenez ainsi membre de ${organisation}.`,
  codeSent: (address) =>
    `Nous avons envoyé un code à ${address}. Saisissez-le ici pour montrer que ce compte est le vôtre.`,
  codeNotSent:
    'Aucun code n’a été envoyé : trop de codes ont été demandés en une heure. Demandez-en un nouveau plus tard.',
  code: 'Code',
  codeHint: 'Huit chiffres ; une espace entre eux ne gêne pas.',
  confirm: 'Associer le compte',
  another: 'M’envoyer un autre code',
  slowDown: (minutes) =>
    `Trop de codes ont été demandés. Attendez ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, puis redemandez-en un.`,
  noMoreCodes:
    'Aucun autre code ne peut être envoyé pour cette connexion. Utilisez celui du message le plus récent, ou recommencez depuis le début.',
  codeWrong: 'Ce code n’est pas le bon. Utilisez celui du message le plus récent.',
  notYours: 'Ce compte n’est pas le vôtre ? Fermez cette page : rien n’est associé.',
  overTitle: 'Recommencez',
  over: 'Un code faux a été saisi cinq fois, cette tentative est donc terminée. Rien n’a été associé.',
  lapsed: 'Plus de 15 minutes ont passé, cette tentative est donc terminée. Rien n’a été associé.',
  again: 'Se connecter de nouveau',

  sessionTitle: 'Associer ce compte ?',
  sessionLead: (connection, named, address) =>
    `${connection} vous a connecté en tant que ${named}. Ici, vous êtes connecté en tant que ${address}. Une fois les deux associés, la connexion de ${named} ouvrira ce compte.`,
  sessionNameless: (connection, address) =>
    `${connection} vous a connecté sans indiquer votre adresse. Ici, vous êtes connecté en tant que ${address}. Une fois les deux associés, cette connexion-là ouvrira ce compte.`,
  doneTitle: 'Votre compte est associé',
  done: (organisation, connection) => `Désormais, vous vous connectez à ${organisation} avec ${connection}.`,
  doneEnded: (organisation) =>
    `Si c’était la première fois, vos sessions chez ${organisation} ouvertes par mot de passe ou clé d’accès ont pris fin, et vos jetons d’API n’y sont plus valables. Ainsi, personne d’autre ne peut s’en servir.`,
  toAccount: 'Se connecter à votre compte',

  title: 'Authentification unique',
  lead: 'Ces connexions ouvrent votre compte.',
  linked: (connection, organisation) => `${connection} de ${organisation}`,
  since: (time) => `Associé depuis le ${time}`,
  none: 'Votre compte n’est encore associé à aucune connexion.',
  canConnect: 'Associer votre compte',
  canConnectLead:
    'Connectez-vous une fois auprès de votre organisation. Nous demanderons peut-être d’abord votre mot de passe ou votre clé d’accès.',
  connectWith: (connection, organisation) => `Associer avec ${connection} de ${organisation}`,
};
