import type { Clock, KeyRing } from '@gatehouse/core';
import { openSigningKey, sealSigningKey, type SigningKeyStore } from '@gatehouse/core-postgres';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';

const privateJwk = z.looseObject({ kty: z.literal('EC'), kid: z.string(), d: z.string() });
type PrivateJwk = z.output<typeof privateJwk>;

// Servers that start in parallel all try to add this one; the table's key lets one of them win.
const firstKeyId = 'es256-1';

/** The keys that sign tokens, newest first; makes the first one. */
export async function loadSigningKeys(
  store: SigningKeyStore,
  keyRing: KeyRing,
  clock: Clock,
): Promise<PrivateJwk[]> {
  const stored = await readKeys(store, keyRing);
  if (stored.length > 0) return stored;
  const sealedJwk = sealSigningKey(firstKeyId, await createKey(), keyRing);
  const lost = await store.add({ id: firstKeyId, sealedJwk, createdAt: clock.now() }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  const keys = await readKeys(store, keyRing);
  if (keys.length === 0) throw new Error('No signing key could be stored.', { cause: lost });
  return keys;
}

async function readKeys(store: SigningKeyStore, keyRing: KeyRing): Promise<PrivateJwk[]> {
  const rows = await store.list();
  return rows.map((row) => privateJwk.parse(openSigningKey(row, keyRing)));
}

async function createKey(): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: firstKeyId, alg: 'ES256', use: 'sig' };
}
