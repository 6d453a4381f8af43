import type { secondFactor as english } from '../en/second-factor';

export const secondFactor: typeof english = {
  title: 'Confirmez que c’est bien vous',
  totpLead: 'Saisissez le code que votre application d’authentification affiche maintenant.',
  code: 'Code',
  codeHint: 'Six chiffres. Il change toutes les 30 secondes.',
  confirm: 'Confirmer',
  codeWrong: 'Ce code n’est pas correct ou a déjà servi. Attendez le suivant et réessayez.',
  codeMissing: 'Saisissez le code.',
  useRecovery: 'Utiliser un code de secours',
  recoveryLead: 'Saisissez l’un des codes de secours que vous avez conservés. Chacun sert une fois.',
  recoveryCode: 'Code de secours',
  recoveryWrong: 'Ce code de secours n’est pas correct ou a déjà servi. Essayez-en un autre.',
  useTotp: 'Utiliser l’application d’authentification',
  passkeyLead: 'Confirmez avec la clé d’accès de votre compte.',
  usePasskey: 'Utiliser une clé d’accès',
  passkeyWrong: 'Cette clé d’accès n’a pas été acceptée. Réessayez, ou choisissez une autre façon de faire.',
  passkeyNeedsScript: 'Une clé d’accès nécessite JavaScript dans ce navigateur.',
  startOver: 'Recommencer depuis le début',
};
