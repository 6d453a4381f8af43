import { isJsonList, isJsonObject, type Json } from '../json';
import type { Position, ResourceQuery, StoredResource } from '../resource-store';
import type { AttributeRef } from '../schema/attribute';

type Sort = ResourceQuery['sort'];

/** RFC 7644 3.4.2.3: who has no value comes last, or first in descending order; the ID decides between equals. */
export function inOrder(resources: readonly StoredResource[], sort: Sort): readonly StoredResource[] {
  return [...resources].sort((one, other) =>
    compare({ key: keyOf(one, sort?.by), id: one.id }, { key: keyOf(other, sort?.by), id: other.id }, sort),
  );
}

/** One page, and whether there is another. */
export function listed(
  ordered: readonly StoredResource[],
  page: ResourceQuery['page'],
  sort: Sort,
): { readonly rows: readonly StoredResource[]; readonly more: boolean } {
  const start = page.by === 'index' ? page.startIndex - 1 : behind(ordered, page.after, sort);
  const rows = ordered.slice(start, start + page.count);
  return { rows, more: page.by === 'cursor' && start + page.count < ordered.length };
}

/** What a resource is sorted by: of several values the primary one, or else the first. */
export function keyOf(resource: StoredResource, by: AttributeRef | undefined): Position['key'] {
  if (by === undefined) return null;
  const { extension, attribute, sub } = by;
  if (attribute.name === 'id') return resource.id;
  if (attribute.name === 'meta') return momentOf(resource, sub?.name);
  const home = extension === undefined ? resource.content : resource.content[extension];
  const value = isJsonObject(home) ? home[attribute.name] : undefined;
  const chosen = isJsonList(value) ? primaryOf(value) : value;
  const part = sub === undefined || !isJsonObject(chosen) ? chosen : chosen[sub.name];
  const key = isJsonObject(part) || isJsonList(part) ? undefined : part;
  return typeof key === 'string' && !(sub ?? attribute).caseExact ? key.toLowerCase() : (key ?? null);
}

function momentOf({ createdAt, updatedAt }: StoredResource, part: string | undefined): string | null {
  if (part === 'created') return createdAt.toISOString();
  return part === 'lastModified' ? updatedAt.toISOString() : null;
}

function primaryOf(values: readonly Json[]): Json | undefined {
  return values.find((value) => isJsonObject(value) && value['primary'] === true) ?? values[0];
}

function behind(ordered: readonly StoredResource[], after: Position | undefined, sort: Sort): number {
  if (after === undefined) return 0;
  const next = ordered.findIndex(
    (each) => compare({ key: keyOf(each, sort?.by), id: each.id }, after, sort) > 0,
  );
  return next < 0 ? ordered.length : next;
}

function compare(one: Position, other: Position, sort: Sort): number {
  const byId = one.id < other.id ? -1 : Number(one.id > other.id);
  return (compareKeys(one.key, other.key) || byId) * (sort?.descending === true ? -1 : 1);
}

function compareKeys(one: Position['key'], other: Position['key']): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}
