import type { Translated } from '../letter';
import type { SecondFactorChange, SecondFactorChangedMessage } from '../mail-message';

type Sentences = { readonly [C in SecondFactorChange]: string };

const en: Sentences = {
  'totp-added': 'An authenticator app was added to your account.',
  'totp-removed': 'The authenticator app was removed from your account.',
  'passkey-added': 'A passkey was added to your account.',
  'passkey-removed': 'A passkey was removed from your account.',
  'recovery-codes-replaced': 'New recovery codes were made for your account; the old ones no longer work.',
  'recovery-code-used': 'Somebody signed in to your account with one of your recovery codes.',
  'all-removed':
    'The service that you use removed all second factors of your account, and signed you out everywhere. Until you set one up, your password alone opens it.',
};

const de: Sentences = {
  'totp-added': 'Ihrem Konto wurde eine Authenticator-App hinzugefügt.',
  'totp-removed': 'Die Authenticator-App wurde von Ihrem Konto entfernt.',
  'passkey-added': 'Ihrem Konto wurde ein Passkey hinzugefügt.',
  'passkey-removed': 'Ein Passkey wurde von Ihrem Konto entfernt.',
  'recovery-codes-replaced':
    'Für Ihr Konto wurden neue Wiederherstellungscodes erzeugt; die alten gelten nicht mehr.',
  'recovery-code-used': 'Mit einem Ihrer Wiederherstellungscodes wurde an Ihrem Konto angemeldet.',
  'all-removed':
    'Der Dienst, den Sie nutzen, hat alle zweiten Faktoren Ihres Kontos entfernt und Sie überall abgemeldet. Bis Sie einen einrichten, öffnet Ihr Passwort allein das Konto.',
};

const fr: Sentences = {
  'totp-added': 'Une application d’authentification a été ajoutée à votre compte.',
  'totp-removed': 'L’application d’authentification a été retirée de votre compte.',
  'passkey-added': 'Une clé d’accès a été ajoutée à votre compte.',
  'passkey-removed': 'Une clé d’accès a été retirée de votre compte.',
  'recovery-codes-replaced':
    'De nouveaux codes de secours ont été créés pour votre compte ; les anciens ne fonctionnent plus.',
  'recovery-code-used': 'Un de vos codes de secours a servi à se connecter à votre compte.',
  'all-removed':
    'Le service que vous utilisez a retiré tous les seconds facteurs de votre compte et vous a déconnecté partout. Tant que vous n’en configurez pas un, votre seul mot de passe l’ouvre.',
};

export const secondFactorChanged: Translated<SecondFactorChangedMessage> = {
  en: ({ change }, _time, product) => ({
    subject: `The second step of your sign-in to ${product} was changed or used`,
    paragraphs: [en[change]],
    advice:
      'If that was not you, change your password at once, look at your second factors, and tell an owner of your organisation.',
  }),
  de: ({ change }, _time, product) => ({
    subject: `Der zweite Schritt Ihrer Anmeldung bei ${product} wurde geändert oder benutzt`,
    paragraphs: [de[change]],
    advice:
      'Wenn Sie das nicht waren, ändern Sie sofort Ihr Passwort, prüfen Sie Ihre zweiten Faktoren und informieren Sie eine Inhaberin oder einen Inhaber Ihrer Organisation.',
  }),
  fr: ({ change }, _time, product) => ({
    subject: `La seconde étape de votre connexion à ${product} a été modifiée ou utilisée`,
    paragraphs: [fr[change]],
    advice:
      'Si ce n’était pas vous, changez tout de suite votre mot de passe, vérifiez vos seconds facteurs et prévenez un propriétaire de votre organisation.',
  }),
};
