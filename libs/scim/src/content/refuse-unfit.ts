import { isJsonObject, type Json } from '../json';
import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** As long as a request may be: a resource that is larger could not be sent back. */
const longest = 1024 * 1024;
const mostAttributes = 1000;

/** Refuses a resource without what its schema requires. */
export function refuseIncomplete(content: Content, type: ResourceType): void {
  for (const { name, required } of type.schema.attributes) {
    const value = content[name];
    if (!required || (typeof value === 'string' && value.trim() !== '')) continue;
    throw new ScimError(400, `A ${type.name} needs ${name}.`, 'invalidValue');
  }
}

/** Refuses a resource that has grown out of all measure. */
export function refuseOvergrown(content: Content, type: ResourceType): void {
  refuseManyAttributes(content, `A ${type.name}`);
  if (JSON.stringify(content).length > longest)
    throw new ScimError(413, `A ${type.name} has at most ${String(longest)} characters as JSON.`);
}

/** What a request costs grows with each attribute that it names, and with each that a resource has. */
export function refuseManyAttributes(value: Json | undefined, what: string, most = mostAttributes): void {
  if (countAttributes(value) > most)
    throw new ScimError(413, `${what} has at most ${String(most)} attributes.`);
}

function countAttributes(value: Json | undefined): number {
  if (!isJsonObject(value)) return 0;
  const parts = Object.values(value);
  return parts.reduce<number>((count, part) => count + countAttributes(part), parts.length);
}
