import type { Attribute } from './attribute';
import { complex, moment, reference, several, text } from './describe-attribute';

const assigned = { mutability: 'readOnly', caseExact: true } as const;

/** RFC 7643 3.1: what every resource has, although no schema lists it. */
export const commonAttributes: readonly Attribute[] = [
  several(
    reference('schemas', 'The schemas of which this resource has attributes.', ['uri'], {
      required: true,
      returned: 'always',
    }),
  ),
  text(
    'id',
    'The identifier that this server gave the resource. It never changes and is never given again.',
    {
      ...assigned,
      returned: 'always',
      uniqueness: 'server',
    },
  ),
  text('externalId', 'The identifier that the client gave the resource.', { caseExact: true }),
  complex(
    'meta',
    'What the server knows about the resource.',
    [
      text('resourceType', 'The name of the type of the resource.', assigned),
      moment('created', 'When the resource was made.', assigned),
      moment('lastModified', 'When the resource was last written.', assigned),
      reference('location', 'The address of the resource.', ['uri'], assigned),
      text('version', 'The version of the resource, as in its ETag.', assigned),
    ],
    { mutability: 'readOnly' },
  ),
];
