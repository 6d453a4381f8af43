import type { AttributeRef } from '../schema/attribute';
import type { Quirk } from './quirk';

export const readOnlyInObject: Quirk = {
  name: 'read-only-in-object',
  clients: ['Okta'],
  why: 'Renames a group by a patch without a path whose value has `id` beside `displayName`. What only the server writes is passed over there; with a path, it is refused.',
};

/** RFC 7643 7: whether only the server writes it, or the part of it that is named. */
export function isReadOnly({ attribute, sub }: AttributeRef): boolean {
  return attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly';
}
