import type { KeyObject } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { XmlElement } from '../xml/xml-element';
import { decryptContent } from './decrypt-content';
import { readEncrypted, type EncryptedContent } from './read-encrypted';
import { unwrapKey } from './unwrap-key';

/**
 * The text of the element inside an `EncryptedAssertion`, with the first key that fits. What it says is not to be believed
 * before a signature is verified, and whoever reads it hides the faults that it finds: see `hideFaults`.
 */
export function decryptAssertion(encrypted: XmlElement, keys: readonly KeyObject[]): string {
  const content = readEncrypted(encrypted);
  const contentKey = firstFitting(content, keys);
  const text = contentKey && decryptContent(content.cipher, contentKey, content.octets);
  if (text === undefined) throw decryptionFailed();
  return text;
}

/** Whether the ciphertext can be changed without its key (AES-CBC), so that its faults must not be told apart. */
export function isMalleable(encrypted: XmlElement): boolean {
  return !readEncrypted(encrypted).cipher.authenticated;
}

/**
 * Runs what reads a decrypted text whose ciphertext no signature covers, up to and including the check of the signature
 * inside: with AES-CBC, each answer that differs would decrypt a bit for whoever sends altered copies (padding oracle).
 */
export function hideFaults<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw decryptionFailed(cause);
  }
}

function firstFitting({ cipher, keys: wrapped }: EncryptedContent, keys: readonly KeyObject[]) {
  for (const key of keys) {
    for (const each of wrapped) {
      const found = unwrapKey(each, key, cipher.keyLength);
      if (found) return found;
    }
  }
  return undefined;
}

/** One answer for whatever went wrong, so that nobody learns what. */
function decryptionFailed(cause?: unknown): SsoError {
  const message =
    'The assertion could not be decrypted: load our metadata at the identity provider again, it encrypts to a key that we do not have.';
  const details = { want: 'an assertion encrypted to our current key', got: 'something that does not open' };
  return new SsoError('saml_decryption_failed', message, details, { cause });
}
