import { createHash } from 'node:crypto';
import type { Chance } from './chance';

/** A secret for one use or one bearer: 256 bits, base64url. Show it once; keep only `hashToken` of it. */
export function createToken(chance: Chance): string {
  return Buffer.from(chance.bytes(32)).toString('base64url');
}

/** What is stored of a token: SHA-256, base64url. Enough without salt, because a token is never guessable. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}
