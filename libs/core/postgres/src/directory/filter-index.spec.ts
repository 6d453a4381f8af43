import type { TenantId } from '@gatehouse/core';
import { compileFilter, parseFilter } from '@gatehouse/scim';
import { Client } from 'pg';
import { anExistingTenant, now } from '../testing/given';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database';
import { inTenant, type TenantTransaction } from '../transaction';
import { groupTable, peopleTable, type ResourceTable } from './resources/resource-table';

let database: TestDatabase;
let tenant: TenantId;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = (await anExistingTenant(database.app)).id;
  await inTenant(database.app, tenant, fill);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('ANALYZE directory_people, directory_groups, directory_group_members');
  await owner.end();
});
afterAll(() => database.drop());

// So many that no plan but the best is chosen.
async function fill(transaction: TenantTransaction): Promise<void> {
  const values = [transaction.tenantId, now];
  await transaction.rows(
    `INSERT INTO directories (id, tenant_id, name, default_role, pairing, created_at)
     VALUES ('dir_1', $1, 'One', 'member', '{}', $2)`,
    values,
  );
  await transaction.rows(
    `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, external_id, active, document,
       only_email, version, created_at, updated_at, standing, brought)
     SELECT 'p' || n, $1, 'dir_1', 'n' || n, 'n' || n, 'e' || n, n % 100 > 0, '{}', n || '@acme.example', 1, $2, $2, 'admitted', true
     FROM generate_series(1, 5000) n`,
    values,
  );
  await transaction.rows(
    `INSERT INTO directory_groups (id, tenant_id, directory_id, display_name, display_name_key, external_id, document,
       version, created_at, updated_at)
     SELECT 'g' || n, $1, 'dir_1', 'g' || n, 'g' || n, 'e' || n, '{}', 1, $2, $2 FROM generate_series(1, 2000) n`,
    values,
  );
  await transaction.rows(
    `INSERT INTO directory_group_members (group_id, person_id, tenant_id, directory_id)
     SELECT 'g' || n, 'p' || m, $1, 'dir_1' FROM generate_series(1, 20) n, generate_series(1, 100) m`,
    [transaction.tenantId],
  );
}

/** What an index is asked for, by the role of the application and under its row-level security. */
async function indexConditions(
  { name, type, columns, present }: ResourceTable,
  filter: string,
): Promise<string> {
  const values: unknown[] = [tenant, 'dir_1'];
  const condition = compileFilter(
    parseFilter(filter, type),
    columns,
    (value) => `$${String(values.push(value))}`,
  );
  const plan = await inTenant(database.app, tenant, (transaction) =>
    transaction.rows(
      `EXPLAIN SELECT r.id FROM ${name} r WHERE r.tenant_id = $1 AND r.directory_id = $2 ${present} AND ${condition}`,
      values,
    ),
  );
  return plan
    .map((row) => row.text('QUERY PLAN'))
    .filter((line) => line.includes('Index Cond'))
    .join('\n');
}

it.each([
  ['userName eq "Ada@acme.example"', `user_name_key = 'ada@acme.example'`],
  ['userName sw "Ada"', `user_name_key >= 'ada'`],
  ['userName gt "N9990"', `user_name_key > 'n9990'`],
  ['externalId eq "Ext-1"', `external_id = 'Ext-1'`],
  ['active eq false', 'active = false'],
  ['id eq "dp_1"', `id = 'dp_1'`],
  ['emails[type eq "work"].value eq "7@Acme.example"', `only_email = '7@acme.example'`],
  ['emails.value eq "7@acme.example"', 'only_email IS NULL'],
  ['title pr and externalId eq "7"', `external_id = '7'`],
])('lets an index find the people of %s under row-level security [SCM-6]', async (filter, condition) => {
  expect(await indexConditions(peopleTable, filter)).toContain(condition);
});

it.each([
  ['displayName eq "Staff"', `display_name_key = 'staff'`],
  ['externalId eq "G1"', `external_id = 'G1'`],
  ['id eq "g" and members eq "p"', `person_id = 'p'`],
])('lets an index find the groups of %s under row-level security [SCM-6]', async (filter, condition) => {
  expect(await indexConditions(groupTable, filter)).toContain(condition);
});
