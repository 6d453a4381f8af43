import type { KeyObject } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { XmlElement } from '../xml/xml-element';
import { decryptContent } from './decrypt-content';
import { readEncrypted, type EncryptedContent } from './read-encrypted';
import { unwrapKey } from './unwrap-key';

/** What was inside an `EncryptedAssertion`; nothing of it is to be believed before a signature is verified. */
export interface DecryptedText {
  readonly xml: string;
  /** False (AES-CBC) where anybody can alter the ciphertext: then its faults must not be told apart, see `hideFaults`. */
  readonly authenticated: boolean;
}

/** Decrypts with the first key that fits. */
export function decryptAssertion(encrypted: XmlElement, keys: readonly KeyObject[]): DecryptedText {
  const content = readEncrypted(encrypted);
  const contentKey = firstFitting(content, keys);
  const xml = contentKey && decryptContent(content.cipher, contentKey, content.octets);
  if (xml === undefined) throw decryptionFailed();
  return { xml, authenticated: content.cipher.authenticated };
}

/**
 * Runs what reads a decrypted text that may have been altered, up to and including the check of the signature inside: with
 * AES-CBC, each answer that differs would decrypt a bit for whoever sends altered copies (padding oracle). The same goes
 * for AES-GCM that is passed off as AES-CBC, because nothing authenticates the name of the algorithm.
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
    'The encrypted assertion cannot be read: let the identity provider load our metadata again, or turn encryption off there to see what else is wrong.';
  const details = { want: 'encrypted to our current key and signed', got: 'something else' };
  return new SsoError('saml_decryption_failed', message, details, { cause });
}
