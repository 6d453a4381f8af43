import {
  secondFactorChanges,
  type KeyRing,
  type MailKind,
  type MailMessage,
  type OutgoingMail,
} from '@gatehouse/core';
import { Row } from '../row';
import { readerLanguage } from './reader-language';
import {
  certificateReaders,
  directoryReaders,
  domainReaders,
  linkReaders,
  oneTimeLink,
  type MessageReaders,
} from './message-readers';

const readers: MessageReaders<MailKind> = {
  invitation: (row) => {
    const inviter = row.optionalText('inviter');
    const organisation = row.text('organisation');
    return {
      kind: 'invitation',
      organisation,
      ...(inviter !== undefined && { inviter }),
      ...oneTimeLink(row),
    };
  },
  'password-reset': (row) => ({ kind: 'password-reset', ...oneTimeLink(row) }),
  'password-changed': () => ({ kind: 'password-changed' }),
  'second-factor-changed': (row) => ({
    kind: 'second-factor-changed',
    change: row.oneOf('change', secondFactorChanges),
  }),
  'break-glass-used': (row) => {
    const [address, factorSetUpAt] = [row.optionalText('address'), row.optionalDate('factorSetUpAt')];
    const [organisation, person, at] = [row.text('organisation'), row.text('person'), row.date('at')];
    const more = { ...(address !== undefined && { address }), ...(factorSetUpAt && { factorSetUpAt }) };
    return { kind: 'break-glass-used', organisation, person, at, ...more };
  },
  ...linkReaders,
  ...domainReaders,
  ...certificateReaders,
  ...directoryReaders,
};

function isKind(value: string): value is MailKind {
  return Object.hasOwn(readers, value);
}

function readMessage(row: Row): MailMessage {
  const kind = row.text('kind');
  if (!isKind(kind)) throw new Error(`"${kind}" is no kind of mail.`);
  return readers[kind](row);
}

// A ciphertext that was moved to another row does not open.
function place(id: string): string {
  return `mails:${id}`;
}

/** What nobody but a holder of the key may read: whom it goes to, and the one-time link in it. */
export function sealMail({ id, to, language, message }: OutgoingMail, keyRing: KeyRing): string {
  return keyRing.seal(JSON.stringify({ to, language, message }), place(id));
}

export function openMail(
  { id, createdAt }: Pick<OutgoingMail, 'id' | 'createdAt'>,
  sealed: string,
  keyRing: KeyRing,
): OutgoingMail {
  const content = new Row(JSON.parse(keyRing.open(sealed, place(id))));
  return {
    id,
    to: content.text('to'),
    ...readerLanguage(content),
    message: readMessage(content.object('message')),
    createdAt,
  };
}
