import { createHash } from 'node:crypto';
import type { Chance } from '../shared/chance';

/** How each secret begins, so that scanners of source code and logs can find one that leaked. */
const prefix = 'gatehouse_';

const shape = new RegExp(`^${prefix}([0-9a-f]{64})([0-9a-f]{8})$`);

/** 256 bits of chance, with a checksum that tells a typing error from a secret without asking the database. */
export function createTokenSecret(chance: Chance): string {
  const random = Buffer.from(chance.bytes(32)).toString('hex');
  return `${prefix}${random}${checksum(random)}`;
}

export function isTokenSecret(text: string): boolean {
  const [, random = '', check] = shape.exec(text) ?? [];
  return check === checksum(random);
}

function checksum(random: string): string {
  return createHash('sha256').update(random, 'utf8').digest('hex').slice(0, 8);
}
