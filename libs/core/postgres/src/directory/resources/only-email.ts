import type { Content } from '@gatehouse/scim';
import { objectsIn } from './stored-json';

/** As much as an index takes, with room to spare. */
const longest = 1024;

/**
 * The only e-mail address of a User in lower case, for an index; empty where there is none. Null where there are several, or one
 * too long: then the document is to be asked.
 */
export function onlyEmail({ emails }: Content): string | null {
  const [first, ...others] = objectsIn(emails);
  if (others.length > 0) return null;
  const address = typeof first?.['value'] === 'string' ? first['value'].toLowerCase() : '';
  return Buffer.byteLength(address) > longest ? null : address;
}
