import type { Page } from '@gatehouse/core';
import { z } from 'zod';

/** The query of every list: at most `limit` entries that follow the ID `after`. */
export const pageQuery = z.object({
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function toPage(query: z.output<typeof pageQuery>): Page {
  return query.after === undefined ? { limit: query.limit } : { after: query.after, limit: query.limit };
}

/** A slice of a list; `next` is the `after` of the following slice. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export function slice<T extends { readonly id: string }>(items: readonly T[], limit: number): Slice<T> {
  const last = items.at(-1);
  return last && items.length === limit ? { items, next: last.id } : { items };
}
