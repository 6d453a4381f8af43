import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where vectors and their keys are kept, from the source as from what is built of it. */
export const vectorsFolder = join(__dirname, '../../vectors');

export type KeyName =
  | 'idp'
  | 'idp-next'
  | 'idp-other'
  | 'idp-expired'
  | 'idp-4096'
  | 'idp-1024'
  | 'idp-p256'
  | 'idp-p384'
  | 'idp-p521'
  | 'idp-k256'
  | 'idp-ed25519'
  | 'attacker'
  | 'sp-encryption'
  | 'sp-encryption-previous';

export function privateKeyOf(name: KeyName): KeyObject {
  return createPrivateKey(read(keyFile(name)));
}

export function publicKeyOf(name: KeyName): KeyObject {
  return createPublicKey(read(certificateFile(name)));
}

export function certificatePemOf(name: KeyName): string {
  return read(certificateFile(name));
}

/** As vector.json names it, from the folder of all vectors. */
export function certificateFile(name: KeyName): string {
  return `keys/${name}.crt.pem`;
}

export function keyFile(name: KeyName): string {
  return `keys/${name}.key.pem`;
}

function read(file: string): string {
  return readFileSync(join(vectorsFolder, file), 'utf8');
}
