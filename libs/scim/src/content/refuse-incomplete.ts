import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** Refuses a resource without what its schema requires. */
export function refuseIncomplete(content: Content, type: ResourceType): void {
  for (const { name, required } of type.schema.attributes) {
    const value = content[name];
    if (!required || (typeof value === 'string' && value.trim() !== '')) continue;
    throw new ScimError(400, `A ${type.name} needs ${name}.`, 'invalidValue');
  }
}
