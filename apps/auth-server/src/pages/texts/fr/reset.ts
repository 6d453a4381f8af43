import type { reset as english } from '../en/reset';

export const reset: typeof english = {
  title: 'Réinitialiser votre mot de passe',
  lead: 'Saisissez l’adresse e-mail de votre compte. Un lien pour choisir un nouveau mot de passe y est envoyé.',
  send: 'Envoyer le lien',
  back: 'Retour à la connexion',
  sentTitle: 'Consultez votre boîte de réception',
  sent: (address) =>
    `S’il existe un compte pour ${address}, un lien vient d’y être envoyé. Il sert une fois.`,
  notThere: 'Toujours rien après quelques minutes ? Regardez dans les indésirables, ou vérifiez l’adresse.',
  chooseTitle: 'Choisir un nouveau mot de passe',
  account: 'Compte',
  newPassword: 'Nouveau mot de passe',
  rules: 'Au moins 12 caractères. Une phrase que vous seul diriez convient bien.',
  save: 'Enregistrer le nouveau mot de passe',
  unusableTitle: 'Ce lien ne peut pas être utilisé',
  unusable: 'Il a déjà servi, a expiré ou n’a pas été copié en entier. Demandez-en un nouveau.',
  askAgain: 'Demander un nouveau lien',
  doneTitle: 'Votre mot de passe est changé',
  done: 'Toutes les sessions ouvertes sont terminées. Connectez-vous avec le nouveau mot de passe ; votre second facteur reste inchangé.',
  signIn: 'Se connecter',
};
