import type { AttributeRef } from '../schema/attribute';
import type { Quirk } from './quirk';

export const schemasInPatch: Quirk = {
  name: 'schemas-in-patch',
  clients: ['OneLogin', 'Rippling', 'PingOne'],
  why: 'Adds to `schemas`, names schemas that nobody describes there, or none. Which schemas a resource has is seen from what is in it.',
};

export function isSchemas({ attribute, extension }: AttributeRef): boolean {
  return extension === undefined && attribute.name === 'schemas';
}
