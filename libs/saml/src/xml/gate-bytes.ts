import { SsoError } from '@gatehouse/core';
import { decodeBase64 } from './decode-base64';
import { refuseFloods } from './refuse-floods';
import { trimXml } from './xml-element';

export const maxMessageBytes = 512 * 1024;
const maxEncodedLength = 2 * maxMessageBytes;

/** The text of a posted message, or a refusal before any parsing cost is paid (SAML Bindings 3.5.4). */
export function gateBytes(encoded: string): string {
  refuseOversize(encoded.length, maxEncodedLength);
  const octets = requireBase64(encoded);
  refuseOversize(octets.length, maxMessageBytes);
  const text = decodeUtf8(octets);
  refuseSecondMark(text);
  refuseDeclarations(text);
  refuseFloods(text);
  return text;
}

function refuseOversize(got: number, limit: number): void {
  if (got <= limit) return;
  const message =
    'The message is larger than 512 KiB; send fewer groups or attributes from the identity provider.';
  throw new SsoError('saml_too_large', message, { want: `at most ${maxMessageBytes} octets`, got });
}

function requireBase64(encoded: string): Buffer {
  const octets = decodeBase64(encoded);
  if (octets) return octets;
  throw new SsoError('saml_encoding_invalid', 'The SAML message is not base64; post the form unchanged.', {
    want: 'base64 (RFC 4648, section 4)',
    got: encoded.trim() === '' ? 'nothing' : 'other characters, a wrong length or surplus bits',
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(octets: Uint8Array): string {
  try {
    return utf8.decode(octets);
  } catch (cause) {
    const message = 'The message is not UTF-8; set the identity provider to send UTF-8.';
    throw new SsoError('saml_encoding_invalid', message, { want: 'UTF-8', got: 'other octets' }, { cause });
  }
}

// XML 1.0, 4.3.3: one mark is no part of the document, and the decoder has taken it; our parser would skip one more.
function refuseSecondMark(text: string): void {
  if (!text.startsWith('\ufeff')) return;
  const message = 'The message begins with two byte order marks; send at most one.';
  throw new SsoError('saml_xml_invalid', message, { want: 'one byte order mark', got: 'two' });
}

const declaration = /^<\?xml\s[^?<>]{0,200}\?>/;

function refuseDeclarations(text: string): void {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) {
    const message = 'The message carries a DOCTYPE or an entity declaration, which is never accepted.';
    throw new SsoError('saml_dtd_forbidden', message, { want: 'no DTD', got: 'DTD' });
  }
  const document = trimXml(text);
  const head = declaration.exec(document)?.[0] ?? '';
  refuseForeignEncoding(head);
  if (document.includes('<?', head.length)) {
    const message = 'The message carries a processing instruction, which is never accepted.';
    throw new SsoError('saml_xml_invalid', message, { want: 'none', got: 'a processing instruction' });
  }
}

// The octets were read as UTF-8 and XML 1.0: a document that says otherwise would mean something else to another reader.
function refuseForeignEncoding(head: string): void {
  const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
  const version = /version\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
  if ((encoding ?? 'utf-8').toLowerCase() === 'utf-8' && (version ?? '1.0') === '1.0') return;
  throw new SsoError('saml_encoding_invalid', 'The message must be XML 1.0 in UTF-8.', {
    want: 'version 1.0, encoding UTF-8',
    got: head,
  });
}
