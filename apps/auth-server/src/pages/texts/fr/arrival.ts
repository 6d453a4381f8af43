import type { arrival as english } from '../en/arrival';

export const arrival: typeof english = {
  chooseTitle: 'Choisir une application',
  whereTo: 'Où voulez-vous aller ?',
  comesFrom: (label) => `Vous venez de ${label} : choisissez l’application à ouvrir.`,
  openTitle: 'Ouvrez votre application',
  recognised: (label) =>
    `${label} vous a reconnu. Ouvrez l’application que vous voulez utiliser et choisissez « Se connecter ».`,
};
