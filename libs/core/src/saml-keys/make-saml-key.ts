import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Chance } from '../shared/chance';
import { samlKeyId } from '../shared/ids';
import type { KeyRing } from '../shared/key-ring';
import type { SamlKey, SamlKeyState } from './saml-key';
import { selfSignedCertificate } from './self-signed-certificate';

// Every identity provider takes this length; longer ones only make addresses longer and signing slower.
const modulusLength = 2048;
const generate = promisify(generateKeyPair);

/** A new key, off the event loop; its primes come from the operating system, not from `chance`. */
export async function makeSamlKey(
  state: SamlKeyState,
  now: Date,
  keyRing: KeyRing,
  chance: Chance,
): Promise<SamlKey> {
  const { privateKey } = await generate('rsa', { modulusLength });
  const id = samlKeyId.create(now, chance);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    id,
    state,
    sealedPrivateKey: keyRing.seal(pem, sealedFor(id)),
    certificatePem: selfSignedCertificate(privateKey, now, chance),
    createdAt: now,
    since: now,
  };
}

/** What a sealed private key is bound to. */
export function sealedFor(id: SamlKey['id']): string {
  return `saml_keys/${id}`;
}
