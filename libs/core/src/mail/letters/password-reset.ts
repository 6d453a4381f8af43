import type { Translated } from '../letter';
import type { PasswordResetMessage } from '../mail-message';

export const passwordReset: Translated<PasswordResetMessage> = {
  en: ({ url, expiresAt }, time, product) => ({
    subject: `Choose a new password for ${product}`,
    paragraphs: [
      `Somebody asked for a new password for the ${product} account with this address.`,
      `The link works once, until ${time(expiresAt)}. A second factor stays as it is.`,
    ],
    action: { label: 'Choose a new password', url },
    advice: 'If that was not you, ignore this mail: your password stays as it is.',
  }),
  de: ({ url, expiresAt }, time, product) => ({
    subject: `Neues Passwort für ${product} wählen`,
    paragraphs: [
      `Für das Konto bei ${product} mit dieser Adresse wurde ein neues Passwort angefordert.`,
      `Der Link gilt einmal, bis ${time(expiresAt)}. Ein zweiter Faktor bleibt, wie er ist.`,
    ],
    action: { label: 'Neues Passwort wählen', url },
    advice: 'Wenn Sie das nicht waren, beachten Sie diese E-Mail nicht: Ihr Passwort bleibt, wie es ist.',
  }),
  fr: ({ url, expiresAt }, time, product) => ({
    subject: `Choisir un nouveau mot de passe pour ${product}`,
    paragraphs: [
      `Un nouveau mot de passe a été demandé pour le compte ${product} qui utilise cette adresse.`,
      `Le lien fonctionne une seule fois, jusqu’au ${time(expiresAt)}. Le second facteur reste inchangé.`,
    ],
    action: { label: 'Choisir un nouveau mot de passe', url },
    advice: 'Si ce n’était pas vous, ignorez ce message : votre mot de passe reste inchangé.',
  }),
};
