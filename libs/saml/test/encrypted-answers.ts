import { createPrivateKey } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings } from '@gatehouse/core';
import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import type { Encryption, ResponseChanges } from '@gatehouse/tools/saml-idp';
import { verifyResponse } from '../src/index';
import { aConnection, now, responseXml, sp } from './answers';

// Ours, the previous one of ours, and somebody else's.
export const [ours, previous, foreign] = [
  generateKeyAndCertificate(),
  generateKeyAndCertificate(),
  generateKeyAndCertificate(),
];
export const decryptionKeys = [ours, previous].map(({ privateKeyPem }) => createPrivateKey(privateKeyPem));

export type Wishes = Partial<Encryption>;

/** A response whose assertion is encrypted to our newest key, unless something else is wished. */
export function encrypted(wishes: Wishes = {}, changes: ResponseChanges = {}): string {
  return responseXml({ encrypt: { certificatePem: ours.certificatePem, ...wishes }, ...changes });
}

export function verifyEncrypted(
  xml: string,
  settings: Partial<ConnectionSettings> = {},
  keys = decryptionKeys,
) {
  const samlResponse = Buffer.from(xml).toString('base64');
  const connection = aConnection(settings);
  return verifyResponse({ samlResponse, connection, serviceProvider: sp, now, decryptionKeys: keys });
}

/** All that a stranger could learn from a refusal. */
export function answer(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof SsoError ? { ...error.details, code: error.code, text: error.message } : error;
  }
}
