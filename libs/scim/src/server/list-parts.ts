import type { Bookmark } from './cursor';
import type { Filter } from '../filter/filter';
import type { ResourceList, ResourceQuery, ResourceStore, StoredResource } from '../resource-store';
import type { ResourceType } from '../schema/attribute';

/** Resources of one type among those that are listed; the filter says `false` where none of them can match. */
export interface Part {
  readonly type: ResourceType;
  readonly store: ResourceStore;
  readonly filter: Filter | boolean;
}

/** What is asked alike of all parts. */
export type Shared = Pick<ResourceQuery, 'sort' | 'wants'>;

export interface Listed {
  readonly found: readonly { readonly type: ResourceType; readonly stored: StoredResource }[];
  readonly total: number;
  readonly next?: Bookmark;
}

/** The parts one after the other, counted through. */
export async function listByIndex(
  parts: readonly Part[],
  shared: Shared,
  startIndex: number,
  count: number,
): Promise<Listed> {
  const found = [];
  let total = 0;
  for (const part of parts) {
    const start = Math.max(1, startIndex - total);
    const list = await ask(part, shared, { by: 'index', startIndex: start, count: count - found.length });
    found.push(...list.resources.map((stored) => ({ type: part.type, stored })));
    total += list.total;
  }
  return { found, total };
}

/** The parts one after the other, from where a bookmark lies. */
export async function listByCursor(
  parts: readonly Part[],
  shared: Shared,
  from: Bookmark,
  count: number,
): Promise<Listed> {
  const found = [];
  let total = 0;
  let next: Bookmark | undefined;
  for (const [number, part] of parts.entries()) {
    const room = number < from.part || next !== undefined ? 0 : count - found.length;
    const after = number === from.part ? from.position : undefined;
    const list = await ask(part, shared, pageOf(room, after));
    found.push(...list.resources.map((stored) => ({ type: part.type, stored })));
    total += list.total;
    if (number >= from.part) next ??= following(number, list, room);
  }
  return { found, total, ...(next === undefined ? {} : { next }) };
}

/** Where there is no room, the total is all that is asked. */
function pageOf(room: number, after: Bookmark['position']): ResourceQuery['page'] {
  if (room === 0) return { by: 'index', startIndex: 1, count: 0 };
  return { by: 'cursor', count: room, ...(after === undefined ? {} : { after }) };
}

function following(part: number, list: ResourceList, room: number): Bookmark | undefined {
  if (room > 0) return list.next === undefined ? undefined : { part, position: list.next };
  return list.total > 0 ? { part, position: undefined } : undefined;
}

async function ask(
  { store, filter }: Part,
  shared: Shared,
  page: ResourceQuery['page'],
): Promise<ResourceList> {
  if (filter === false) return { resources: [], total: 0 };
  return store.list({ ...shared, page, ...(filter === true ? {} : { filter }) });
}
