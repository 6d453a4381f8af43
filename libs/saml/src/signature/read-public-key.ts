import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const maxKept = 1_000;
const kept = new Map<string, KeyObject>();

/**
 * The key in a certificate. Parsing costs several times what verifying does, so keys are kept: by the whole PEM,
 * so that no record with another one's fingerprint beside its own certificate can put a key in its place.
 */
export function readPublicKey(pem: string): KeyObject {
  const known = kept.get(pem);
  if (known) return known;
  const key = new X509Certificate(pem).publicKey;
  forgetOldest();
  kept.set(pem, key);
  return key;
}

// A Map keeps the order of insertion.
function forgetOldest(): void {
  const [oldest] = kept.keys();
  if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest);
}
