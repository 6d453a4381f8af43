import type { Messages } from '../messages';

/** What a refusal says to someone who only wanted to sign in. */
export const messages: Messages = {
  startAgain: () =>
    'Cette connexion a pris trop de temps ou a déjà reçu une réponse. Veuillez recommencer depuis le début.',
  idpAnswer: () =>
    'Le service de connexion de votre entreprise a envoyé une réponse que nous n’avons pas pu accepter. Veuillez transmettre la référence ci-dessous à votre service informatique.',
  idpStatus: () =>
    'Le service de connexion de votre entreprise ne vous a pas connecté. Veuillez réessayer, ou demander l’accès à votre service informatique.',
  reauthenticate: () =>
    'Votre organisation demande que vous prouviez votre identité à chaque fois, et son service de connexion vous a laissé passer sans rien demander. Veuillez recommencer ; si cela persiste, transmettez la référence ci-dessous à votre service informatique.',
  outsideDomains: (organisation) =>
    `Vous êtes connecté dans votre entreprise, mais votre adresse e-mail est en dehors des domaines de ${organisation} et n’y est pas associée. Veuillez demander l’accès à un propriétaire de ${organisation} en lui donnant la référence ci-dessous.`,
  byInvitation: (organisation) =>
    `Vous êtes connecté dans votre entreprise, mais l’accès à ${organisation} se fait uniquement sur invitation. Veuillez demander une invitation à un propriétaire de ${organisation} en lui donnant la référence ci-dessous.`,
  notLinked: (organisation) =>
    `Un compte existe ici avec cette adresse e-mail, mais il n’est pas encore associé à l’authentification unique de ${organisation}. Si vous appartenez à ${organisation}, veuillez vous connecter avec votre mot de passe ou votre clé d’accès, puis choisir « Associer » sur la page de votre compte. Sinon, veuillez demander à un propriétaire de ${organisation} de vous inviter, en lui donnant la référence ci-dessous.`,
  suspended: (organisation) =>
    `Votre accès est suspendu. Veuillez vous adresser à un propriétaire de ${organisation} en lui donnant la référence ci-dessous.`,
  removed: (organisation) =>
    `Vous avez été retiré de ${organisation} ; s’il s’agit d’une erreur, veuillez demander une invitation à un propriétaire de ${organisation} et lui donner la référence ci-dessous.`,
  deprovisioned: (organisation) =>
    `L’annuaire de ${organisation} ne vous donne aucun accès ; si c’est une erreur, demandez à votre service informatique de vous l’attribuer à nouveau, en indiquant la référence ci-dessous.`,
  needsExemption: (organisation) =>
    `${organisation} exige l’authentification unique, et son service de connexion ne connaît pas votre adresse e-mail. Veuillez demander une exception à la personne qui vous a invité.`,
  invitationUnknown: () =>
    'Ce lien ne correspond à aucune invitation. Si vous en avez reçu plusieurs, veuillez utiliser le lien entier de la plus récente.',
  invitationOver: () =>
    'Cette invitation a déjà été utilisée, a été retirée ou est trop ancienne. Veuillez demander qu’elle vous soit renvoyée.',
  openInvitation: (organisation) =>
    `Vous êtes invité dans ${organisation} : veuillez d’abord ouvrir le lien de l’invitation reçue par e-mail, puis vous connecter.`,
  invitationElsewhere: () =>
    'Cette invitation a été ouverte dans un autre navigateur. Veuillez continuer là-bas, ou demander qu’elle vous soit renvoyée.',
  invitationNotYours: () =>
    'Vous êtes connecté sous une autre identité que celle qui a été invitée. Veuillez vous déconnecter, puis vous connecter avec l’adresse à laquelle l’invitation a été envoyée.',
  signInFirst: () =>
    'Un compte existe déjà avec cette adresse e-mail. Veuillez vous y connecter, puis accepter l’invitation.',
  linkUnknown: () =>
    'Ce lien ne mène nulle part. Veuillez rouvrir l’e-mail le plus récent et utiliser le lien entier.',
  linkOver: () =>
    'Ce lien n’est plus valable, ou quelque chose a changé pendant votre connexion. Veuillez vous connecter comme d’habitude : vous y saurez quoi faire.',
  linkedOtherwise: () =>
    'Le compte utilisé sur la page de connexion de votre entreprise est associé ici à une autre personne. Veuillez vous y déconnecter, vous connecter avec votre propre compte et réessayer.',
  organisationSuspended: (organisation) =>
    `La connexion est suspendue pour tous les membres de ${organisation} en ce moment. Veuillez vous adresser à un propriétaire de ${organisation}, qui peut interroger le service.`,
  testByAdmin: (organisation) =>
    `Un test ne compte que si un propriétaire ou un administrateur de ${organisation} se connecte. Rien n’a été modifié.`,
  noAccess: (organisation) =>
    `Veuillez demander l’accès à un propriétaire de ${organisation} en lui donnant la référence ci-dessous.`,
  signInLoop: () =>
    'En une minute, vous avez été envoyé plusieurs fois vers la connexion de votre entreprise et renvoyé ici, sans qu’une session s’ouvre. Veuillez attendre une minute avant de réessayer, et transmettre la référence ci-dessous à votre service informatique si cela persiste.',
  applicationLoop: () =>
    'En une minute, l’application vous a envoyé ici plusieurs fois alors que vous êtes connecté. Veuillez autoriser les cookies pour l’application et réessayer ; si cela persiste, prévenez ceux qui l’exploitent.',
  cookiesBlocked: () =>
    'Votre navigateur n’a pas conservé le cookie qui lui rattache cette connexion. Veuillez autoriser les cookies pour ce site, ou utiliser une fenêtre qui ne soit pas privée, et recommencer dans l’application.',
  ssoClosed: () =>
    'L’authentification unique est désactivée pour l’instant sur ce service. Veuillez réessayer plus tard, ou vous connecter autrement.',
  notReady: () =>
    'L’authentification unique de votre organisation n’est pas prête. Veuillez vous adresser à son service informatique.',
  ssoRequired: () =>
    'Votre organisation exige l’authentification unique (SSO). Veuillez continuer avec la connexion de votre entreprise au lieu d’un mot de passe.',
  ssoNotEntitled: (organisation) =>
    `L’authentification unique ne fait pas partie de ce que ${organisation} utilise en ce moment. Veuillez vous connecter autrement, ou vous adresser à l’un de ses propriétaires.`,
  usePassword: (organisation) =>
    `Votre compte dans ${organisation} se connecte par mot de passe. Veuillez l’utiliser, ou demander à un administrateur de ${organisation} de vous passer à l’authentification unique.`,
  secondFactor: () => 'Un second facteur est nécessaire en plus du mot de passe. Veuillez recommencer.',
  passwordLength: () =>
    'Un mot de passe compte de 12 à 1024 caractères. Quelques mots séparés par des espaces suffisent.',
  passwordCommon: () =>
    'Ce mot de passe fait partie de ceux que l’on devine en premier. Veuillez prendre plusieurs mots sans rapport entre eux, ou laisser un gestionnaire de mots de passe en créer un.',
  passwordPersonal: () =>
    'Ce mot de passe est fait de votre adresse, de votre organisation ou du nom du produit. Veuillez en prendre un qui ne dise rien de vous.',
  passwordWrong: () =>
    'Ce n’est pas votre mot de passe actuel. Veuillez réessayer, ou le réinitialiser par e-mail.',
  resetInvalid: () =>
    'Ce lien a déjà été utilisé, date de plus de 30 minutes, ou un plus récent a été envoyé. Veuillez en demander un nouveau.',
  proveAgain: () =>
    'Pour changer votre façon de vous connecter, veuillez d’abord vous connecter à nouveau avec votre mot de passe ou votre clé d’accès.',
  factorExists: () =>
    'Une application d’authentification est déjà configurée. Veuillez d’abord la retirer si vous voulez en utiliser une autre.',
  codeWrong: () =>
    'Ce code n’est pas le bon, ou a déjà été utilisé. Veuillez attendre le suivant et réessayer.',
  passkeyInvalid: () =>
    'Cette clé d’accès n’a pas pu être utilisée. Veuillez recommencer, ou choisir un autre moyen.',
  otherBrowser: () =>
    'Cette connexion a été commencée dans un autre navigateur, ou les cookies sont bloqués dans celui-ci. Veuillez recommencer ici, en autorisant les cookies.',
  signInAgain: () => 'Vous êtes déconnecté. Veuillez vous connecter à nouveau.',
  tooFast: () => 'Trop de tentatives. Veuillez attendre une minute et réessayer.',
  tryLater: () => 'Quelque chose n’a pas répondu à temps. Veuillez réessayer dans quelques minutes.',
  badRequest: () => 'Cette demande n’a pas été comprise. Veuillez revenir en arrière et réessayer.',
  noPage: () => 'Il n’y a rien à cette adresse. Veuillez vérifier qu’elle a été copiée en entier.',
  ours: () =>
    'Une erreur s’est produite de notre côté. Veuillez réessayer ; si elle persiste, transmettez la référence ci-dessous à votre service informatique.',
};
