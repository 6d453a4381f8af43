import type { Chance } from '../shared/chance';
import type { PendingLinkId } from '../shared/ids';
import type { RateLimit } from '../shared/rate-limits';
import { hashToken } from '../shared/token';

const digits = 8;

/** To one person, whatever browsers and identity providers ask for it: more would only bury the one that is looked for. */
export const codeMails: RateLimit = { name: 'link-codes', most: 6, windowMs: 60 * 60 * 1000 };

/** Eight digits: with five tries to each, and so few codes an hour, nobody guesses one in a lifetime. */
export function createCode(chance: Chance): string {
  let number = 0n;
  // 80 bits over 10^8 values: no digit is more likely than another by more than one in 10^16.
  for (const octet of chance.bytes(10)) number = (number << 8n) | BigInt(octet);
  return String(number % 10n ** BigInt(digits)).padStart(digits, '0');
}

/** As it stands in the mail: two groups are copied with fewer mistakes. */
export function readableCode(code: string): string {
  return `${code.slice(0, digits / 2)} ${code.slice(digits / 2)}`;
}

/** What is stored of it: good for this pending link alone, and beyond guessing without the cookie of its browser. */
export function hashCode(id: PendingLinkId, browserKey: string, typed: string): string {
  return hashToken(`${id}.${browserKey}.${typed.replaceAll(/\D/g, '')}`);
}
