import { parseEmail, type ProvisionedProfile } from '@gatehouse/core';
import { ScimError, type Content, type Json } from '@gatehouse/scim';
import { objectsIn } from './stored-json';

/** An index of PostgreSQL keeps up to 2,704 octets, some of which are the directory's. */
const longestKey = 2048;
const longestName = 200;

/** What a User resource says, as far as it decides anything for the tenant. Throws a `ScimError`. */
export function readProfile(content: Content): ProvisionedProfile {
  const userName = readKey(content, 'userName');
  if (userName === undefined)
    throw new ScimError(400, 'A User needs a userName that is not empty.', 'invalidValue');
  const externalId = readKey(content, 'externalId');
  const [email, name] = [readEmail(content, userName), readName(content)];
  return {
    userName,
    // RFC 7643 4.1.1: who comes, or comes back, without a word on it may sign in. Who is there stays as before.
    active: content['active'] !== false,
    ...(externalId !== undefined && { externalId }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
}

/** A text by which a resource is looked for; an empty one is none. */
export function readKey(content: Content, attribute: string): string | undefined {
  const key = content[attribute];
  if (typeof key !== 'string' || key.trim() === '') return undefined;
  if (Buffer.byteLength(key) + Buffer.byteLength(key.toLowerCase()) <= 2 * longestKey) return key;
  const detail = `The ${attribute} is too long: at most ${String(longestKey)} octets in UTF-8.`;
  throw new ScimError(400, detail, 'invalidValue');
}

function readEmail(content: Content, userName: string): string | undefined {
  const emails = objectsIn(content['emails']);
  const preferred = [
    ...emails.filter(({ primary }) => primary === true),
    ...emails.filter(({ type }) => textOf(type)?.toLowerCase() === 'work'),
    ...emails,
  ];
  const candidates = [...preferred.map(({ value }) => textOf(value)), userName];
  return candidates.map(inOneSpelling).find((address) => address !== undefined);
}

function inOneSpelling(address: string | undefined): string | undefined {
  try {
    return address === undefined ? undefined : parseEmail(address);
  } catch {
    return undefined;
  }
}

function readName(content: Content): string | undefined {
  const parts = objectsIn([content['name'] ?? null])[0];
  const whole = [textOf(parts?.['givenName']), textOf(parts?.['familyName'])].filter(
    (part) => part !== undefined,
  );
  const name = textOf(content['displayName']) ?? textOf(parts?.['formatted']) ?? textOf(whole.join(' '));
  return name?.slice(0, longestName).replace(/[\uD800-\uDBFF]$/u, '');
}

function textOf(value: Json | undefined): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}
