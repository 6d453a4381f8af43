import { createHash } from 'node:crypto';
import type { Chance } from '../shared/chance';

/** How each secret begins, so that scanners of source code and logs can find one that leaked. */
const prefix = 'gatehouse_';

/** 256 bits of chance, with a checksum that tells a typing error from a secret without asking the database. */
export function createTokenSecret(chance: Chance, kind: TokenKind = ''): string {
  const random = Buffer.from(chance.bytes(32)).toString('hex');
  return `${prefix}${kind}${random}${checksum(random)}`;
}

/** What a token is for, told by its beginning: a member's programs, or a directory that provisions. */
export type TokenKind = '' | 'scim_';

const shapes: Readonly<Record<TokenKind, RegExp>> = {
  '': new RegExp(`^${prefix}([0-9a-f]{64})([0-9a-f]{8})$`),
  scim_: new RegExp(`^${prefix}scim_([0-9a-f]{64})([0-9a-f]{8})$`),
};

export function isTokenSecret(text: string, kind: TokenKind = ''): boolean {
  const [, random = '', check] = shapes[kind].exec(text) ?? [];
  return check === checksum(random);
}

function checksum(random: string): string {
  return createHash('sha256').update(random, 'utf8').digest('hex').slice(0, 8);
}
