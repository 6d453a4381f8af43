import { SsoError } from '@gatehouse/core';
import { trimXml } from '../xml/xml-element';

const maxBytes = 1024 * 1024;

/** The text of a document that was pasted, uploaded or fetched, without byte order mark and white space around it. */
export function readDocumentText(document: string | Uint8Array): string {
  refuseOversize(Buffer.byteLength(document));
  return trimXml((typeof document === 'string' ? document : decode(document)).replace(/^\ufeff/, ''));
}

export function refuseOversize(got: number | string): void {
  if (typeof got === 'number' && got <= maxBytes) return;
  const message = 'Give the metadata of one identity provider: this document is larger than that of one.';
  throw new SsoError('response_too_large', message, { want: `at most ${maxBytes} octets`, got });
}

// XML 1.0, 4.3.3: every reader knows UTF-8 and UTF-16; the latter is what Windows saves when asked for "Unicode".
function decode(octets: Uint8Array): string {
  const encoding = encodingOf(octets);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(octets);
  } catch (cause) {
    const message = 'The document is not UTF-8: save it as UTF-8, or download it again.';
    throw new SsoError('metadata_not_xml', message, { want: 'UTF-8', got: 'other octets' }, { cause });
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
