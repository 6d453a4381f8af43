import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** As long as a request may be: a resource that is larger could not be sent back. */
const longest = 1024 * 1024;

/** Refuses a resource without what its schema requires, and one that has grown out of all measure. */
export function refuseUnfit(content: Content, type: ResourceType): void {
  for (const { name, required } of type.schema.attributes) {
    const value = content[name];
    if (!required || (typeof value === 'string' && value.trim() !== '')) continue;
    throw new ScimError(400, `A ${type.name} needs ${name}.`, 'invalidValue');
  }
  if (JSON.stringify(content).length > longest)
    throw new ScimError(413, `A ${type.name} has at most ${String(longest)} characters as JSON.`);
}
