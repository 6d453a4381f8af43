import type { login as english } from '../en/login';

export const login: typeof english = {
  title: (application) => `Se connecter à ${application}`,
  yourAccount: 'votre compte',
  workEmail: 'E-mail professionnel',
  password: 'Mot de passe',
  next: 'Suivant',
  signIn: 'Se connecter',
  whatFollows: 'Ensuite, la connexion de votre entreprise s’ouvre, ou votre mot de passe vous est demandé.',
  usePassword: 'Utiliser plutôt un mot de passe',
  otherEmail: 'Utiliser un autre e-mail',
  forgotten: 'Mot de passe oublié ?',
  passkey: 'Se connecter avec une clé d’accès',
  passkeyFailed: 'Aucune clé d’accès n’a été utilisée. Réessayez, ou connectez-vous autrement.',
  or: 'ou',
  degraded:
    'Nous n’avons pas pu vérifier si votre entreprise utilise l’authentification unique. Vous pouvez quand même utiliser votre mot de passe.',
  closed:
    'L’authentification unique est désactivée pour l’instant sur ce service. Si vous avez un mot de passe ici, vous pouvez l’utiliser.',
  proof:
    'Montrez encore une fois que c’est bien vous, par votre mot de passe ou une clé d’accès : l’authentification unique ne suffit pas ici.',
  emailIncomplete: 'Saisissez une adresse e-mail complète, par exemple ana@entreprise.example.',
  passwordMissing: 'Saisissez votre mot de passe.',
  wrong:
    'L’adresse e-mail ou le mot de passe n’est pas correct. Vérifiez les deux, ou choisissez une autre façon de vous connecter.',
  slowDown: (seconds) =>
    `Trop de tentatives. Attendez ${seconds} ${seconds === 1 ? 'seconde' : 'secondes'}, puis réessayez.`,
  nothingTitle: 'Se connecter',
  whereTo: 'Où voulez-vous aller ?',
  nothingUnderWay:
    'Aucune connexion n’est en cours dans ce navigateur. Ouvrez l’application que vous voulez utiliser et choisissez « Se connecter ».',
  toAccount: 'Ou connectez-vous ici à votre compte',
};
