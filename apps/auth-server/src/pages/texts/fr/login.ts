import type { login as english } from '../en/login';

export const login: typeof english = {
  title: (application) => `Se connecter à ${application}`,
  thisApplication: 'cette application',
  workEmail: 'E-mail professionnel',
  password: 'Mot de passe',
  next: 'Suivant',
  signIn: 'Se connecter',
  whatFollows: 'Ensuite, la connexion de votre entreprise s’ouvre, ou votre mot de passe vous est demandé.',
  otherEmail: 'Utiliser un autre e-mail',
  degraded:
    'Nous n’avons pas pu vérifier l’authentification unique. Vous pouvez quand même utiliser votre mot de passe.',
  closed:
    'L’authentification unique est désactivée pour l’instant sur ce service. Si vous avez un mot de passe ici, vous pouvez l’utiliser.',
  emailIncomplete: 'Saisissez une adresse e-mail complète.',
  wrong:
    'L’e-mail ou le mot de passe n’est pas correct. Si votre entreprise utilise l’authentification unique, revenez en arrière et utilisez cet e-mail.',
  nothingTitle: 'Se connecter',
  whereTo: 'Où voulez-vous aller ?',
  nothingUnderWay:
    'Aucune connexion n’est en cours dans ce navigateur. Ouvrez l’application que vous voulez utiliser et choisissez « Se connecter ».',
};
