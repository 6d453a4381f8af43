import type { Filter } from '../filter/filter';
import { matches } from '../filter/matches';

/**
 * Answers what a filter asks about `meta.resourceType`, which is the same for all resources of a store: what is left is to be
 * asked of the store, and a boolean says that all match or none.
 */
export function foldResourceType(filter: Filter, name: string): Filter | boolean {
  switch (filter.kind) {
    case 'and':
      return joined('and', filter.filters, name);
    case 'or':
      return joined('or', filter.filters, name);
    case 'not': {
      const inner = foldResourceType(filter.filter, name);
      return typeof inner === 'boolean' ? !inner : { kind: 'not', filter: inner };
    }
    case 'present':
    case 'compare':
      return isResourceType(filter) ? matches(filter, { meta: { resourceType: name } }) : filter;
    case 'some':
      return filter;
  }
}

function joined(kind: 'and' | 'or', filters: readonly Filter[], name: string): Filter | boolean {
  const decides = kind === 'or';
  const folded = filters.map((each) => foldResourceType(each, name));
  if (folded.includes(decides)) return decides;
  const left = folded.flatMap((each) => (typeof each === 'boolean' ? [] : [each]));
  const [only] = left;
  if (only === undefined) return !decides;
  return left.length === 1 ? only : { kind, filters: left };
}

function isResourceType({ of }: Extract<Filter, { kind: 'present' | 'compare' }>): boolean {
  return of.extension === undefined && of.attribute.name === 'meta' && of.sub?.name === 'resourceType';
}
