import { referring } from './render-resource';
import type { Filter } from '../filter/filter';
import type { AttributeRef } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** Addresses are made of IDs when an answer is written. No store has them, and to find none would be taken for the truth. */
export function refuseAddresses(filter: Filter): void {
  if ('filters' in filter) return filter.filters.forEach(refuseAddresses);
  if ('filter' in filter) return refuseAddresses(filter.filter);
  const better = insteadOf(filter.of);
  if (better === undefined) return;
  throw new ScimError(
    400,
    `Addresses are made of IDs, and not filtered: filter by ${better}.`,
    'invalidFilter',
  );
}

function insteadOf({ extension, attribute: { name }, sub }: AttributeRef): string | undefined {
  if (extension !== undefined) return undefined;
  if (name === 'meta') return sub?.name === 'location' ? 'id' : undefined;
  return referring.has(name) && sub?.name === '$ref' ? `${name}.value` : undefined;
}
