import type { ResourceType } from '../schema/attribute';
import { groupType, userType } from '../schema/resource-types';

const names = new Set(userType.schema.attributes.map(({ name }) => name));

/**
 * What can be asked of people and groups together (RFC 7644 3.4.2.1): where a type does not have an attribute, its resources
 * have no value in it.
 */
export const anyType: ResourceType = {
  ...userType,
  schema: {
    ...userType.schema,
    attributes: [
      ...userType.schema.attributes,
      ...groupType.schema.attributes.filter(({ name }) => !names.has(name)),
    ],
  },
};
