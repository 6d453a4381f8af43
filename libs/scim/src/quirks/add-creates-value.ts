import type { Filter } from '../filter/filter';
import { emptyObject, type JsonObject } from '../json';
import type { Quirk } from './quirk';

export const addCreatesValue: Quirk = {
  name: 'add-creates-value',
  clients: ['Entra ID'],
  why: 'Adds through `emails[type eq "work"].value` where there is no such value yet, and means one that the filter would match.',
};

/** A value that the filter matches; nothing where the filter does not say what is equal to what. */
export function valueFor(filter: Filter): JsonObject | undefined {
  const made = emptyObject();
  return fill(made, filter) ? made : undefined;
}

function fill(made: ReturnType<typeof emptyObject>, filter: Filter): boolean {
  if (filter.kind === 'and') return filter.filters.every((one) => fill(made, one));
  if (filter.kind !== 'compare' || filter.comparison !== 'eq' || filter.value === null) return false;
  const part = filter.of.sub?.name;
  if (part === undefined || made[part] !== undefined) return false;
  made[part] = filter.value;
  return true;
}
