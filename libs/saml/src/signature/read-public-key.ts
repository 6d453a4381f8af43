import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const maxKept = 1_000;
const kept = new Map<string, KeyObject>();

/**
 * The key in a certificate. Parsing costs several times what verifying does, so those used last are kept: by the whole
 * PEM, so that no record with another one's fingerprint beside its own certificate can put a key in its place.
 */
export function readPublicKey(pem: string): KeyObject {
  const key = kept.get(pem) ?? new X509Certificate(pem).publicKey;
  // A Map keeps the order of insertion: what is used moves to the end, what was not used for longest is first.
  kept.delete(pem);
  kept.set(pem, key);
  if (kept.size > maxKept) forgetFirst();
  return key;
}

function forgetFirst(): void {
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}
