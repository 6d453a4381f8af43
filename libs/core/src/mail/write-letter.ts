import type { Letter, Translated } from './letter';
import { accountLinked } from './letters/account-linked';
import { addressCollision } from './letters/address-collision';
import { breakGlassUsed } from './letters/break-glass-used';
import { certificateExpired } from './letters/certificate-expired';
import { certificateExpiring } from './letters/certificate-expiring';
import { certificateSeen } from './letters/certificate-seen';
import { directoryTokenExpiring } from './letters/directory-token-expiring';
import { domainLapsed } from './letters/domain-lapsed';
import { domainMissing } from './letters/domain-missing';
import { domainRecovered } from './letters/domain-recovered';
import { invitation } from './letters/invitation';
import { linkCode } from './letters/link-code';
import { linkRequest } from './letters/link-request';
import { metadataRefused } from './letters/metadata-refused';
import { passwordChanged } from './letters/password-changed';
import { passwordReset } from './letters/password-reset';
import { removalsHeld } from './letters/removals-held';
import { secondFactorChanged } from './letters/second-factor-changed';
import type { MailKind, MailMessage } from './mail-message';
import type { MailLanguage } from './outgoing-mail';

type MessageOf = { readonly [K in MailKind]: Extract<MailMessage, { kind: K }> };

const letters: { readonly [K in MailKind]: Translated<MessageOf[K]> } = {
  invitation: invitation,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'second-factor-changed': secondFactorChanged,
  'break-glass-used': breakGlassUsed,
  'link-request': linkRequest,
  'link-code': linkCode,
  'account-linked': accountLinked,
  'domain-missing': domainMissing,
  'domain-lapsed': domainLapsed,
  'domain-recovered': domainRecovered,
  'certificate-expiring': certificateExpiring,
  'certificate-expired': certificateExpired,
  'certificate-seen': certificateSeen,
  'metadata-refused': metadataRefused,
  'address-collision': addressCollision,
  'removals-held': removalsHeld,
  'directory-token-expiring': directoryTokenExpiring,
};

/** What the message says in a language. */
export function writeLetter(message: MailMessage, language: MailLanguage, product: string): Letter {
  return written(message.kind, message, language, product);
}

function written<K extends MailKind>(
  kind: K,
  message: MessageOf[K],
  language: MailLanguage,
  product: string,
): Letter {
  return letters[kind][language](message, timeIn(language), product);
}

/** With its zone, because nobody knows where the reader is. */
function timeIn(language: MailLanguage): (moment: Date) => string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone: 'UTC', timeZoneName: 'short' },
  });
  // French counts the first of a month, and no other day of it; Intl writes a plain 1.
  return (moment) => format.format(moment).replace(/^1 /, language === 'fr' ? '1er ' : '1 ');
}
