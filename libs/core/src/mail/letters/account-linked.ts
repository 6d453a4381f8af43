import { displayMailbox, displayName } from '../../shared/display-name';
import type { Translated } from '../letter';
import type { AccountLinkedMessage } from '../mail-message';

const inSubject = 40;

export const accountLinked: Translated<AccountLinkedMessage> = {
  en: ({ organisation, connection, identity, at }, time) => ({
    subject: `Your account was linked to “${displayName(connection, inSubject)}”`,
    paragraphs: [
      `On ${time(at)} your account at “${displayName(organisation)}” was linked to ${identity === undefined ? 'an identity' : displayMailbox(identity)} at “${displayName(connection)}”.`,
      'Whoever signs in there with that identity gets into your account. If that is you, nothing needs to be done.',
    ],
    advice: `If that was not you, tell an owner of “${displayName(organisation)}” at once: an owner can remove the link again.`,
  }),
  de: ({ organisation, connection, identity, at }, time) => ({
    subject: `Ihr Konto wurde mit „${displayName(connection, inSubject)}“ verknüpft`,
    paragraphs: [
      `Am ${time(at)} wurde Ihr Konto bei „${displayName(organisation)}“ mit ${identity === undefined ? 'einer Identität' : displayMailbox(identity)} bei „${displayName(connection)}“ verknüpft.`,
      'Wer sich dort mit dieser Identität anmeldet, kommt in Ihr Konto. Wenn Sie das sind, ist nichts zu tun.',
    ],
    advice: `Wenn Sie das nicht waren, sagen Sie es sofort einer Inhaberin oder einem Inhaber von „${displayName(organisation)}“: Die Verknüpfung lässt sich dort wieder lösen.`,
  }),
  fr: ({ organisation, connection, identity, at }, time) => ({
    subject: `Votre compte a été associé à « ${displayName(connection, inSubject)} »`,
    paragraphs: [
      `Le ${time(at)}, votre compte chez « ${displayName(organisation)} » a été associé à ${identity === undefined ? 'une identité' : displayMailbox(identity)} chez « ${displayName(connection)} ».`,
      'Quiconque s’y connecte avec cette identité entre dans votre compte. Si c’est vous, il n’y a rien à faire.',
    ],
    advice: `Si ce n’était pas vous, prévenez tout de suite un propriétaire de « ${displayName(organisation)} » : un propriétaire peut supprimer l’association.`,
  }),
};
