import { parseEmail } from '@gatehouse/core';
import type { AttributeMapping, SeenAnswer, SeenAttribute } from '@gatehouse/core';
import { namespaces } from '../names';
import { readAttributes } from './read-attributes';
import { childNamed, everyElement, is, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml } = namespaces;
const mostAttributes = 60;
const mostValues = 20;
/** In characters, all values together: anybody can post an answer, and each leaves a row. */
const longestValues = 16_000;

/** The first assertion that stands open in the document, wherever that is. */
export function seenAssertion(document: XmlElement): XmlElement | undefined {
  return everyElement(document).find((element) => is(element, saml, 'Assertion'));
}

/** Whom it speaks of, so that a person's attempts are found; nothing here has been believed. */
export function describeSubject(
  assertion: XmlElement,
  mapping: AttributeMapping,
): Pick<SeenAnswer, 'subject' | 'email'> {
  const subject = childNamed(assertion, saml, 'Subject');
  const nameId = subject && childNamed(subject, saml, 'NameID');
  const name = nameId && valueOf(nameId);
  const attributes = readAttributes(assertion);
  const sent = mapping.email.flatMap((each) => attributes[each] ?? []).find((value) => value !== '');
  const email = address(sent ?? name ?? '');
  return { ...(name ? { subject: name } : {}), ...(email === undefined ? {} : { email }) };
}

function address(text: string): string | undefined {
  try {
    return parseEmail(text);
  } catch {
    return undefined;
  }
}

/** Every attribute by its name, what the mapping takes it for, and as much of its values as `shownValue` shows. */
export function describeAttributes(assertion: XmlElement, mapping: AttributeMapping): SeenAttribute[] {
  const attributes = Object.entries(readAttributes(assertion)).slice(0, mostAttributes);
  let left = longestValues;
  return attributes.map(([name, values]) => {
    const mapsTo = mappedTo(name, mapping);
    const some = values.slice(0, mostValues).map((value) => shownValue(value, mapsTo !== undefined));
    const shown = fitting(some, left);
    left -= lengthOf(shown);
    return {
      name,
      values: shown,
      count: values.length,
      ...(mapsTo === undefined ? {} : { mapsTo }),
    };
  });
}

/** The first of them that have room together. */
function fitting(values: readonly string[], room: number): readonly string[] {
  const end = values.findIndex((_value, at) => lengthOf(values.slice(0, at + 1)) > room);
  return end === -1 ? values : values.slice(0, end);
}

function lengthOf(values: readonly string[]): number {
  return values.reduce((sum, { length }) => sum + length, 0);
}

/** What the connection takes an attribute of this name for. */
export function mappedTo(name: string, mapping: AttributeMapping): string | undefined {
  const { custom, ...fixed } = mapping;
  const own = custom.map((each): [string, readonly string[]] => [`custom.${each.name}`, each.from]);
  const all: [string, readonly string[]][] = [...Object.entries(fixed), ...own];
  return all.find(([, names]) => names.includes(name))?.[0];
}

/**
 * A value that the connection reads is shown, and so is every e-mail address, because a mapping is mended by looking for
 * it. Of all others the beginning and the length must do: identity providers send much that nobody here asked for.
 */
export function shownValue(value: string, isMapped: boolean): string {
  if (isMapped || address(value) !== undefined) return value.slice(0, 200);
  return value.length <= 3 ? '…' : `${value.slice(0, 3)}… (${value.length} characters)`;
}
