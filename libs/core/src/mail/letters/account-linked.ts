import { displayMailbox, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { AccountLinkedMessage } from '../mail-message';

const inSubject = 40;

export const accountLinked: Translated<AccountLinkedMessage> = {
  en: ({ organisation, connection, identity, at }, time) => ({
    subject: `Your account was connected to “${displayName(connection, inSubject)}”`,
    paragraphs: [
      `On ${time(at)} your account at “${displayName(organisation)}” was connected to ${identity === undefined ? 'a sign-in' : displayMailbox(identity)} at “${displayName(connection)}”.`,
      'From now on that sign-in opens your account. If it is yours, nothing needs to be done.',
      `If it is the first one, you were signed out of “${displayName(organisation)}” wherever you had signed in with a password or passkey, and your API tokens there no longer work.`,
    ],
    advice: `If it is not yours, tell an owner of “${displayName(organisation)}” at once: an owner can take it away again.`,
  }),
  de: ({ organisation, connection, identity, at }, time) => ({
    subject: `Ihr Konto wurde mit „${displayName(connection, inSubject)}“ verknüpft`,
    paragraphs: [
      `Am ${time(at)} wurde Ihr Konto bei „${displayName(organisation)}“ mit ${identity === undefined ? 'einer Anmeldung' : displayMailbox(identity)} bei „${displayName(connection)}“ verknüpft.`,
      'Von jetzt an öffnet jene Anmeldung Ihr Konto. Wenn es Ihre ist, ist nichts zu tun.',
      `Ist es die erste, wurden Sie bei „${displayName(organisation)}“ überall abgemeldet, wo Sie mit Passwort oder Passkey angemeldet waren, und Ihre API-Tokens dort gelten nicht mehr.`,
    ],
    advice: `Wenn es nicht Ihre ist, sagen Sie es sofort einer Inhaberin oder einem Inhaber von „${displayName(organisation)}“: Die Verknüpfung lässt sich dort wieder lösen.`,
  }),
  fr: ({ organisation, connection, identity, at }, time) => ({
    subject: `Votre compte a été associé à « ${displayName(connection, inSubject)} »`,
    paragraphs: [
      `Le ${time(at)}, votre compte chez « ${displayName(organisation)} » a été associé à ${identity === undefined ? 'une connexion' : displayMailbox(identity)} chez « ${displayName(connection)} ».`,
      'Désormais, cette connexion ouvre votre compte. Si c’est la vôtre, il n’y a rien à faire.',
      `Si c’est la première, vos sessions chez « ${displayName(organisation)} » ouvertes par mot de passe ou clé d’accès ont pris fin, et vos jetons d’API n’y sont plus valables.`,
    ],
    advice: `Si ce n’est pas la vôtre, prévenez tout de suite un propriétaire de « ${displayName(organisation)} » : un propriétaire peut supprimer l’association.`,
  }),
};
