import type { enrolment as english } from '../en/enrolment';

export const enrolment: typeof english = {
  title: 'Configurer un second facteur',
  lead: 'Un mot de passe seul ne suffit pas ici. Le second facteur est une application d’authentification sur votre téléphone.',
  scan: 'Scannez cette image avec l’application.',
  picture: 'La clé ci-dessous sous forme d’image pour l’appareil photo de votre téléphone',
  orType: 'Ou saisissez cette clé dans l’application :',
  openApp: 'Ouvrir l’application sur cet appareil',
  thenCode: 'Saisissez ensuite le code que l’application affiche',
  confirm: 'Confirmer',
  codesTitle: 'Conservez vos codes de secours',
  codesLead:
    'Chacun sert une fois, à la place de l’application ou de la clé d’accès : conservez-les là où vous les trouverez sans votre téléphone. Ils ne sont affichés que maintenant.',
  kept: 'Je les ai conservés, continuer',
};
