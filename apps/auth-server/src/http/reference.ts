import type { Chance } from '@gatehouse/core';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Names one request, short enough to be read out on the telephone: `7K3F-92QD-0M4T`, 60 bits of chance. */
export function createReference(chance: Chance): string {
  const characters = [...chance.bytes(12)].map((octet) => digits.charAt(octet & 31)).join('');
  return characters.replace(/^(.{4})(.{4})/, '$1-$2-');
}
