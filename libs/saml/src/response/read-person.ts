import { parseEmail, SsoError } from '@gatehouse/core';
import type { AttributeMapping, VerifiedIdentity } from '@gatehouse/core';
import { nameIdFormats } from '../names';
import type { Subject } from './read-subject';

type Attributes = VerifiedIdentity['attributes'];
type PersonFacts = Pick<
  VerifiedIdentity,
  'email' | 'firstName' | 'lastName' | 'displayName' | 'groups' | 'role' | 'custom'
>;

/** What the connection's mapping makes of the attributes. */
export function readPerson(subject: Subject, attributes: Attributes, mapping: AttributeMapping): PersonFacts {
  const email = readEmail(subject, attributes, mapping.email);
  const firstName = readName(attributes, mapping.firstName);
  const lastName = readName(attributes, mapping.lastName);
  const displayName = readName(attributes, mapping.displayName);
  const role = readName(attributes, mapping.role);
  const custom = mapping.custom
    .map(({ name, from }): [string, readonly string[]] => [name, passedOn(firstPresent(attributes, from))])
    .filter(([, values]) => values.length > 0);
  return {
    ...(email === undefined ? {} : { email }),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(displayName === undefined ? {} : { displayName }),
    groups: firstPresent(attributes, mapping.groups),
    ...(role === undefined ? {} : { role }),
    ...(custom.length === 0 ? {} : { custom: Object.fromEntries(custom) }),
  };
}

// An attribute that was mapped speaks before the NameID: a guest's NameID looks like an address and is none.
function readEmail(subject: Subject, attributes: Attributes, names: readonly string[]): string | undefined {
  const values = firstPresent(attributes, names);
  const different = new Set(values.map((value) => value.toLowerCase()));
  if (different.size > 1) {
    const message = 'More than one e-mail address came: send exactly one in the mapped attribute.';
    throw new SsoError('saml_email_ambiguous', message, { want: 1, got: different.size });
  }
  const [sent] = values;
  return address(sent ?? (looksLikeAddress(subject) ? subject.value : ''));
}

function looksLikeAddress({ format, value }: Subject): boolean {
  return format === nameIdFormats.email || /^[^@]+@[^@]+\.[^@]+$/.test(value);
}

function address(text: string): string | undefined {
  try {
    return parseEmail(text);
  } catch {
    // No address is no fault here: a person who is linked already signs in without one.
    return undefined;
  }
}

function readName(attributes: Attributes, names: readonly string[]): string | undefined {
  const [name] = firstPresent(attributes, names);
  return name === undefined || name.length > 256 || /\p{Cc}/u.test(name) ? undefined : name;
}

function firstPresent(attributes: Attributes, names: readonly string[]): readonly string[] {
  const found = names.map((name) => (attributes[name] ?? []).filter((value) => value !== ''));
  return found.find((values) => values.length > 0) ?? [];
}

// These travel in every token: what is long or unprintable stays at home.
function passedOn(values: readonly string[]): readonly string[] {
  return values.filter((value) => value.length <= 256 && !/\p{Cc}/u.test(value)).slice(0, 20);
}
