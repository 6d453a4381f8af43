import type { Directory } from '@gatehouse/core';
import { parseAttribute, parseFilter, userType, type ResourceQuery } from '@gatehouse/scim';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { anExistingTenant, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';
import type { Row } from '../../row';
import { inTenant } from '../../transaction';
import { paging } from './page-sql';
import { peopleTable } from './resource-table';

let database: TestDatabase;
let directory: Directory;
const size = 4000;

beforeAll(async () => {
  database = await createTestDatabase();
  const { id } = await anExistingTenant(database.app);
  directory = await aDirectoryOf(database.app, id);
  // Whose people lie between those of the other one: no list of them all is a short cut.
  const another = await aDirectoryOf(database.app, id);
  for (const [which, of] of [directory, another].entries()) await fill(of, which);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await letIndicesAnswer(owner);
  await owner.end();
});
afterAll(() => database.drop());

/** An index answers without the rows once all of them are known to be visible: who reads the table meanwhile puts that off. */
async function letIndicesAnswer(owner: Client): Promise<void> {
  for (let round = 0; round < 100; round++) {
    await owner.query('VACUUM ANALYZE directory_people');
    const { rows } = await owner.query(
      `SELECT relallvisible >= relpages AS done FROM pg_class WHERE relname = 'directory_people'`,
    );
    if (rows.some((row: { done: boolean }) => row.done)) return;
    await setTimeout(50);
  }
  throw new Error('Somebody reads the table all the time.');
}

/** In several transactions, because each writes the number of people once a person. */
async function fill({ id, tenantId }: Directory, which: number): Promise<void> {
  for (let first = 1; first < size; first += 500)
    await inTenant(database.app, tenantId, (transaction) =>
      transaction.rows(
        `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, active, document, version,
           created_at, updated_at, standing, brought)
         SELECT 'dusr_' || lpad((2 * n + $4::integer)::text, 26, '0'), $1, $2, 'n' || n, 'n' || n, n % 2 = 0, '{}', 1, $3, $3,
           'quarantined', false
         FROM generate_series($5::integer, $5 + 499) n`,
        [tenantId, id, now, which, first],
      ),
    );
}

interface Read {
  readonly node: string;
  readonly rows: number;
}

/** What the page reads of people, by the kind of read. */
async function readsOf(query: Partial<ResourceQuery> & Pick<ResourceQuery, 'page'>): Promise<Read[]> {
  const { sql, values } = paging(peopleTable, { directory }, { wants: () => true, ...query });
  const [row] = await inTenant(database.app, directory.tenantId, (transaction) =>
    transaction.rows(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values),
  );
  return (row?.objects('QUERY PLAN') ?? []).flatMap((plan) => readsIn(plan.object('Plan')));
}

function readsIn(node: Row): Read[] {
  const below = node.optionalObjects('Plans').flatMap(readsIn);
  if (node.optionalText('Relation Name') !== 'directory_people') return below;
  const read = {
    node: node.text('Node Type'),
    rows: node.number('Actual Rows') * node.number('Actual Loops'),
  };
  return read.rows === 0 ? below : [read, ...below];
}

const byName = { sort: { by: parseAttribute('userName', userType), descending: false } };
const active = { filter: parseFilter('active eq true', userType) };
const pageAt = (startIndex: number) => ({ page: { by: 'index', startIndex, count: 100 } }) as const;

describe('a page of many people', () => {
  it.each([
    ['the first', pageAt(1)],
    ['the last', pageAt(size - 99)],
    ['the first by name', { ...byName, ...pageAt(1) }],
    ['the last by name', { ...byName, ...pageAt(size - 99) }],
    ['the last of who is active', { ...active, ...pageAt(size / 2 - 99) }],
    [
      'one by cursor',
      { page: { by: 'cursor', after: { key: null, id: `dusr_${'0'.repeat(22)}4000` }, count: 100 } },
    ],
    [
      'one by cursor and name',
      { ...byName, page: { by: 'cursor', after: { key: 'n3', id: 'dusr_' }, count: 100 } },
    ],
  ] as const)('reads what is on it and no more: %s [SCM-6]', async (_, query) => {
    const reads = await readsOf(query);
    expect(reads.length).toBeGreaterThan(1);
    for (const { rows } of reads) expect(rows).toBeLessThanOrEqual(102);
  });

  it('skips people by the index, without reading one of them [SCM-6]', async () => {
    for (const query of [
      pageAt(size / 2),
      { ...byName, ...pageAt(size / 2) },
      { ...active, ...pageAt(size / 4) },
    ]) {
      const reads = await readsOf(query);
      const skipping = reads.filter(({ rows }) => rows > 102);
      expect([query, ...skipping.map(({ node }) => node)]).toEqual([query, 'Index Only Scan']);
    }
  });
});
