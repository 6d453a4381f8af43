import { attributesOf } from './attributes-of';
import { parseAttribute } from '../filter/parse-attribute';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** Names in lower case: an attribute as a whole, or some parts of it. */
export type Choices = ReadonlyMap<string, true | Choices>;

type Growing = Map<string, true | Growing>;

/** What nobody knows cannot be in an answer: a name that is in no schema is passed over. */
export function chosenAttributes(type: ResourceType, names: readonly string[]): Choices {
  const choices: Growing = new Map();
  for (const name of names) for (const path of pathsOf(type, name)) add(choices, path);
  return choices;
}

/** The URN of an extension stands in the resource as an attribute does; that of the core schema means each of its own. */
function pathsOf(type: ResourceType, name: string): readonly (readonly string[])[] {
  const { id, attributes } = type.schema;
  if (name.toLowerCase() !== id.toLowerCase()) return [pathOf(type, name)];
  return attributes.map((attribute) => [attribute.name.toLowerCase()]);
}

function pathOf(type: ResourceType, name: string): readonly string[] {
  const lower = name.toLowerCase();
  if (attributesOf(type).has(lower)) return [lower];
  try {
    const { extension, attribute, sub } = parseAttribute(name, type);
    const path = [extension, attribute.name, sub?.name];
    return path.flatMap((part) => (part === undefined ? [] : [part.toLowerCase()]));
  } catch (error) {
    if (error instanceof ScimError) return [];
    throw error;
  }
}

function add(choices: Growing, [first, ...rest]: readonly string[]): void {
  if (first === undefined) return;
  const there = choices.get(first);
  if (there === true) return;
  if (rest.length === 0) {
    choices.set(first, true);
    return;
  }
  const inner: Growing = there ?? new Map<string, true | Growing>();
  choices.set(first, inner);
  add(inner, rest);
}
