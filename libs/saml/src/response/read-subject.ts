import { SsoError } from '@gatehouse/core';
import type { NameId } from '@gatehouse/core';
import { encrypted } from './check-structure';
import { readNameId } from './read-name-id';
import { nameIdFormats, namespaces } from '../names';
import { childNamed, childrenNamed, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml } = namespaces;

export interface Subject {
  readonly value: string;
  readonly format: string;
  readonly nameId: NameId;
}

/** The NameID, fit to be the key of a link: lasting, short, printable. */
export function readSubject(assertion: XmlElement): Subject {
  const subject = childNamed(assertion, saml, 'Subject');
  if (subject && childNamed(subject, saml, 'EncryptedID')) throw encrypted('NameID');
  const [nameId, ...more] = subject ? childrenNamed(subject, saml, 'NameID') : [];
  if (!nameId || more.length > 0 || valueOf(nameId) === '') throw missing(nameId ? more.length : 'none');
  const format = nameId.attributes.get('Format') ?? nameIdFormats.unspecified;
  refuseTransient(format);
  return { value: printable(valueOf(nameId), nameId), format, nameId: readNameId(nameId) };
}

// SAML Core 8.3.8: a transient identifier is another one each time, so the same person would be a stranger.
function refuseTransient(format: string): void {
  if (format !== nameIdFormats.transient) return;
  const message = 'The NameID is transient: choose emailAddress or persistent at the identity provider.';
  const want = [nameIdFormats.email, nameIdFormats.persistent, nameIdFormats.unspecified];
  throw new SsoError('saml_nameid_transient', message, { want, got: format });
}

// SAML Core 8.3.7 caps at 256; format characters (Cf) would make two subjects look the same.
function printable(value: string, { children }: XmlElement): string {
  const short = [...value].length <= 256;
  if (short && children.length === 0 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) return value;
  const message = 'The NameID is too long or holds control characters: send another attribute as NameID.';
  throw new SsoError('saml_nameid_invalid', message, {
    want: 'at most 256 printable characters',
    got: `${[...value].length} characters`,
  });
}

function missing(got: unknown): SsoError {
  const message = 'The assertion has no NameID: set the identity provider to send one.';
  return new SsoError('saml_nameid_missing', message, { want: 'one NameID', got });
}
