import type { Filter } from '../filter/filter';
import type { AttributeRef } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** What is never shown is not to be guessed letter by letter either (RFC 7643 7, `returned`). */
export function refuseHidden(filter: Filter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      filter.filters.forEach(refuseHidden);
      return;
    case 'not':
      refuseHidden(filter.filter);
      return;
    case 'some':
      refuseHiddenName(filter.of);
      refuseHidden(filter.filter);
      return;
    case 'present':
    case 'compare':
      refuseHiddenName(filter.of);
  }
}

function refuseHiddenName({ attribute, sub }: AttributeRef): void {
  if (attribute.returned !== 'never' && sub?.returned !== 'never') return;
  throw new ScimError(400, `Nobody may filter by ${attribute.name}: it is never shown.`, 'invalidFilter');
}
