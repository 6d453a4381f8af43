import type { Directory } from '@gatehouse/core';
import { parseFilter, userType } from '@gatehouse/scim';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { anExistingTenant, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';
import { rowsInTenant, rowsOf } from '../../transaction';
import { longestSearch, searchInTenant } from './bounded-search';
import { listResources } from './list-resources';
import { peopleTable } from './resource-table';

let database: TestDatabase;
let directory: Directory;
beforeAll(async () => {
  database = await createTestDatabase();
  directory = await aDirectoryOf(database.app, (await anExistingTenant(database.app)).id);
  await rowsInTenant(
    database.app,
    directory.tenantId,
    `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, active, document, version,
       created_at, updated_at, standing, brought)
     SELECT 'p' || n, $1, $2, 'n' || n, 'n' || n, true, '{"emails": [{"value": "a"}, {"value": "b"}]}', 1, $3, $3,
       'admitted', true FROM generate_series(1, 2000) n`,
    [directory.tenantId, directory.id, now],
  );
});
afterAll(() => database.drop());

const people = (filter: string, longest?: number) =>
  listResources(
    database.app,
    peopleTable,
    { directory, actor: { kind: 'directory', id: directory.id } },
    {
      filter: parseFilter(filter, userType),
      wants: () => true,
      page: { by: 'index', startIndex: 1, count: 1 },
    },
    longest,
  );
const costly = Array.from({ length: 100 }, (_, index) => `emails co "${String(index)}"`).join(' or ');

it('ends a filter that keeps the database busy, and says what to filter by [SCM-6]', async () => {
  await expect(people(costly, 1)).rejects.toMatchObject({ status: 400, scimType: 'tooMany' });
  await expect(people(costly)).resolves.toMatchObject({ total: 0 });
});

it('sets no limit for what comes after on the same connection', async () => {
  await expect(people(costly, 1)).rejects.toMatchObject({ scimType: 'tooMany' });
  const limits = await Promise.all(
    Array.from({ length: 20 }, () =>
      rowsInTenant(
        database.app,
        directory.tenantId,
        `SELECT current_setting('statement_timeout') AS limit`,
        [],
      ),
    ),
  );
  expect(limits.map(([row]) => row?.text('limit'))).toEqual(Array.from({ length: 20 }, () => '0'));
});

const search = (sql: string) =>
  searchInTenant(database.app, directory.tenantId, [{ sql, values: [], once: true }], longestSearch);

it('leaves connections to others while one tenant asks for much [SCM-6]', async () => {
  let isOver = false;
  const searches = Promise.all(
    Array.from({ length: 60 }, () => search('SELECT pg_sleep(0.05)::text AS slept')),
  ).finally(() => (isOver = true));
  const busy: number[] = [];
  while (!isOver) {
    const [row] = await rowsOf(
      database.app,
      `SELECT count(*)::integer AS busy FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`,
      [],
    );
    busy.push(row?.integer('busy') ?? 0);
  }
  await searches;
  expect(Math.max(...busy)).toBe(3);
});

it('keeps nobody waiting whose question leaves in the same moment [SCM-6]', async () => {
  const sql = 'SELECT pg_backend_pid() AS pid';
  const [[searched], other] = await Promise.all([
    search(sql),
    rowsInTenant(database.app, directory.tenantId, sql, []),
  ]);
  expect(other[0]?.integer('pid')).not.toBe(searched?.[0]?.integer('pid'));
});

it('refuses what is more than can wait', async () => {
  const all = await Promise.allSettled(Array.from({ length: 210 }, () => people('emails.value co "q"')));
  const refused = all.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(7);
  expect(refused[0]).toMatchObject({ reason: { status: 429, scimType: 'tooMany' } });
});
