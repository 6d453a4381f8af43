import type { Filter } from '../filter';
import type { Bind, SqlIndexed } from './sql-column';

/** A text that a part of a value, or the value itself, is equal to, with or without regard to case. */
export interface Equality {
  readonly part: string | undefined;
  readonly text: string;
}

/** What one value is equal to wherever the filter is true of it. */
export function equalitiesIn(filter: Filter): Equality[] {
  if (filter.kind === 'and') return filter.filters.flatMap(equalitiesIn);
  if (filter.kind !== 'compare' || filter.comparison !== 'eq' || typeof filter.value !== 'string') return [];
  return [{ part: filter.of.sub?.name, text: filter.value.toLowerCase() }];
}

/** The same rows as the condition, found by the index first where it knows one of the equalities. */
export function amongIndexed(
  { among }: SqlIndexed,
  equalities: readonly Equality[],
  condition: string,
  bind: Bind,
): string {
  for (const { part, text } of equalities) {
    const found = among(part, text, bind);
    if (found !== undefined) return `(${found} AND ${condition})`;
  }
  return condition;
}
