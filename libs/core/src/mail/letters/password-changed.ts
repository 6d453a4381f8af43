import type { Translated } from '../letter';
import type { PasswordChangedMessage } from '../mail-message';

export const passwordChanged: Translated<PasswordChangedMessage> = {
  en: (_message, _time, product) => ({
    subject: `Your password for ${product} was changed`,
    paragraphs: [
      'The password of your account was changed.',
      'Whoever was signed in with the old one has been signed out.',
    ],
    advice:
      'If that was not you, ask for a new password on the login page at once, and tell an owner of your organisation.',
  }),
  de: (_message, _time, product) => ({
    subject: `Ihr Passwort für ${product} wurde geändert`,
    paragraphs: [
      'Das Passwort Ihres Kontos wurde geändert.',
      'Wer mit dem alten angemeldet war, wurde abgemeldet.',
    ],
    advice:
      'Wenn Sie das nicht waren, fordern Sie auf der Anmeldeseite sofort ein neues Passwort an und informieren Sie eine Inhaberin oder einen Inhaber Ihrer Organisation.',
  }),
  fr: (_message, _time, product) => ({
    subject: `Votre mot de passe pour ${product} a été modifié`,
    paragraphs: [
      'Le mot de passe de votre compte a été modifié.',
      'Toute session ouverte avec l’ancien a été fermée.',
    ],
    advice:
      'Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe sur la page de connexion et prévenez un propriétaire de votre organisation.',
  }),
};
