import type { Position, ResourceList, ResourceQuery } from '@gatehouse/scim';
import type { DataSource } from 'typeorm';
import type { Row } from '../../row';
import type { Statement } from '../../transaction';
import type { ResourceScope } from './resource-scope';
import { longestSearch, searchInTenant, toldOfSearch } from './bounded-search';
import { paging } from './page-sql';
import type { ResourceTable } from './resource-table';
import { keyOf } from './sort-key';
import { readResource } from './stored-resource.row';
import { told } from './write-resource';
import { countingMatches, readingTally, tallyFor, totalOfPage } from './total';

/** One page, and how many there are on all pages. */
export async function listResources(
  database: DataSource,
  table: ResourceTable,
  scope: ResourceScope,
  query: ResourceQuery,
  longest = longestSearch,
): Promise<ResourceList> {
  try {
    return await readPage(database, table, scope, query, longest);
  } catch (error) {
    throw told(toldOfSearch(error));
  }
}

async function readPage(
  database: DataSource,
  table: ResourceTable,
  scope: ResourceScope,
  query: ResourceQuery,
  longest: number,
): Promise<ResourceList> {
  const tally = tallyFor(table, query.filter);
  const statements = [paging(table, scope, query), ...(tally ? [readingTally(tally, scope)] : [])];
  const [rows = [], [counted] = []] = await searchInTenant(
    database,
    scope.directory.tenantId,
    statements,
    longest,
  );
  const counting = (): Promise<number> =>
    count(database, scope, countingMatches(table, scope, query.filter), longest);
  const page = rows.slice(0, query.page.count);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    resources: page.map((row) => readResource(table, row)),
    total: counted?.integer('total') ?? totalOfPage(rows.length, query) ?? (await counting()),
    ...(last && { next: positionOf(last) }),
  };
}

async function count(
  database: DataSource,
  { directory }: ResourceScope,
  counting: Statement,
  longest: number,
): Promise<number> {
  const [[row] = []] = await searchInTenant(database, directory.tenantId, [counting], longest);
  return row?.integer('total') ?? 0;
}

function positionOf(row: Row): Position {
  return { key: keyOf(row.json('key')), id: row.text('id') };
}
