import type { Json } from '../json';
import type { Attribute } from '../schema/attribute';
import type { Comparison, Filter } from './filter';

type Compare = Filter & { readonly kind: 'compare' };

/** Whether the comparison is true of an attribute that has no value: null is no text, and is equal to null. */
export function isComparedAsNothing({ comparison, value }: Compare): boolean {
  return value === null ? comparison === 'eq' : comparison === 'ne';
}

/** RFC 7644 3.4.2.2, table 3: whether one value compares with that of the filter as asked. */
export function compares(value: Json, filter: Compare): boolean {
  if (value === null) return isComparedAsNothing(filter);
  const target = filter.of.sub ?? filter.of.attribute;
  const [left, right] = [comparable(value, target), comparable(filter.value, target)];
  return typeof left === typeof right ? tests[filter.comparison](left, right) : filter.comparison === 'ne';
}

const comparable = (value: Json, { type, caseExact }: Attribute): Json => {
  if (typeof value !== 'string') return value;
  if (type === 'dateTime') return new Date(value).getTime();
  return caseExact ? value : value.toLowerCase();
};

const texts =
  (test: (left: string, right: string) => boolean) =>
  (left: Json, right: Json): boolean =>
    typeof left === 'string' && typeof right === 'string' && test(left, right);

const ordered =
  (test: (order: number) => boolean) =>
  (left: Json, right: Json): boolean =>
    test(orderOf(left, right));

const tests: Readonly<Record<Comparison, (left: Json, right: Json) => boolean>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  co: texts((left, right) => left.includes(right)),
  sw: texts((left, right) => left.startsWith(right)),
  ew: texts((left, right) => left.endsWith(right)),
  gt: ordered((order) => order > 0),
  ge: ordered((order) => order >= 0),
  lt: ordered((order) => order < 0),
  le: ordered((order) => order <= 0),
};

/** By number, or by the code points of a text, as PostgreSQL orders by bytes of UTF-8; not a number where neither is so. */
function orderOf(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return NaN;
  const [a, b] = [[...left], [...right]];
  const at = a.findIndex((letter, index) => letter !== b[index]);
  if (at === -1) return a.length - b.length;
  return (a[at]?.codePointAt(0) ?? -1) - (b[at]?.codePointAt(0) ?? -1);
}
