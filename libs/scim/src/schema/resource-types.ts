import type { ResourceType } from './attribute';
import { enterpriseUserSchema } from './enterprise-user-schema';
import { groupSchema } from './group-schema';
import { userSchema } from './user-schema';

/** RFC 7643 6: people. */
export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'People.',
  schema: userSchema,
  extensions: [enterpriseUserSchema],
};

/** RFC 7643 6: groups of people. */
export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Groups of people.',
  schema: groupSchema,
  extensions: [],
};
