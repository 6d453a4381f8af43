import type { logout as english } from '../en/logout';

export const logout: typeof english = {
  title: 'Se déconnecter',
  question: 'Se déconnecter ?',
  signOut: 'Se déconnecter',
  doneTitle: 'Déconnecté',
  done: 'Vous êtes déconnecté',
  toAccount: 'Se connecter à votre compte',
};
