import type { Schema } from './attribute';
import { complex, reference, several, text } from './describe-attribute';

const fixed = { mutability: 'immutable' } as const;

/** RFC 7643 4.2 and 8.7.1. */
export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of people.',
  attributes: [
    text('displayName', 'The name of the group. There is one group of that name in a directory.', {
      required: true,
      uniqueness: 'server',
    }),
    several(
      complex('members', 'The people in the group. A group is in no other group.', [
        text('value', 'The identifier of the person.', { ...fixed, required: true, caseExact: true }),
        reference('$ref', 'The address of the person.', ['User'], fixed),
        text('display', 'The name of the person.', { mutability: 'readOnly' }),
        text('type', 'What the member is.', { ...fixed, canonicalValues: ['User'] }),
      ]),
    ),
  ],
};
