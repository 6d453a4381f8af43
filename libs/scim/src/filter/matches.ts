import type { Json, JsonObject } from '../json';
import type { AttributeRef } from '../schema/attribute';
import { compares, isComparedAsNothing } from './compares';
import type { Filter } from './filter';
import { isPresent, partOf, valuesOf } from './values-of';

/** Whether a whole resource, with `id` and `meta`, is what the filter asks for: slowly, and plain to see. */
export function matches(filter: Filter, resource: JsonObject): boolean {
  return holds(filter, (of) => valuesOf(resource, of));
}

/** Whether one value of a multi-valued attribute is what the filter in its brackets asks for. */
export function matchesValue(filter: Filter, value: Json): boolean {
  return holds(filter, () => [value]);
}

function holds(filter: Filter, values: (of: AttributeRef) => readonly Json[]): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((one) => holds(one, values));
    case 'or':
      return filter.filters.some((one) => holds(one, values));
    case 'not':
      return !holds(filter.filter, values);
    case 'present':
      return values(filter.of).some((value) => isPresent(partOf(value, filter.of)));
    case 'some':
      return values(filter.of).some((value) => matchesValue(filter.filter, value));
    case 'compare':
      return comparesAny(filter, values(filter.of));
  }
}

// RFC 7644 3.4.2.2: one value that compares is enough. Where there is none, null is compared.
function comparesAny(filter: Filter & { kind: 'compare' }, values: readonly Json[]): boolean {
  if (values.length === 0) return isComparedAsNothing(filter);
  return values.some((value) => compares(partOf(value, filter.of), filter));
}
