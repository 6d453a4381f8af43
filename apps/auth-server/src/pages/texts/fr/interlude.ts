import type { interlude as english } from '../en/interlude';

export const interlude: typeof english = {
  title: 'Un instant',
  toSignIn: 'Vous êtes redirigé vers la connexion de votre entreprise.',
  toSignOut: 'Vous êtes déconnecté ici, et redirigé vers la déconnexion de votre entreprise.',
  backFromSignOut: 'Vous êtes déconnecté ici, et renvoyé d’où vous venez.',
  continue: 'Continuer',
};
