import { KeyRing, type Directory, type Tenant } from '@gatehouse/core';
import { readContent, userType } from '@gatehouse/scim';
import { PostgresPeopleResources } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, chance, now } from '../testing/given';
import { aDirectoryOf } from '../testing/given-directory';
import { inTenant, rowsInTenant } from '../transaction';

let database: TestDatabase;
let acme: Tenant;
let directory: Directory;
let people: PostgresPeopleResources;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  directory = await aDirectoryOf(database.app, acme.id);
  const ports = { database: database.app, keyRing, chance, clock: { now: () => now } };
  const actor = { kind: 'directory', id: directory.id } as const;
  people = new PostgresPeopleResources(ports, { directory, actor });
});
afterAll(() => database.drop());

function person(number: number) {
  return readContent({ userName: `person-${number}@acme.example`, active: number % 2 === 0 }, userType);
}

function createMany(from: number, count: number) {
  return Promise.all(Array.from({ length: count }, (_, index) => people.create(person(from + index))));
}

/** What is counted, and by counting anew. */
async function counts() {
  const [tally] = await rowsInTenant(
    database.app,
    acme.id,
    `SELECT sum(people)::integer AS people, sum(active_people)::integer AS active, count(*)::integer AS slots
       FROM directory_tallies WHERE directory_id = $1`,
    [directory.id],
  );
  const [real] = await rowsInTenant(
    database.app,
    acme.id,
    `SELECT count(*)::integer AS people, (count(*) FILTER (WHERE active))::integer AS active
       FROM directory_people WHERE directory_id = $1 AND deleted_at IS NULL`,
    [directory.id],
  );
  const of = (row: typeof tally) => ({ people: row?.integer('people'), active: row?.integer('active') });
  return { tally: of(tally), real: of(real), slots: tally?.integer('slots') ?? 0 };
}

describe('the counts of a directory', () => {
  it('are right after people came, changed and went all at once [SCM-1] [SCM-6]', async () => {
    const made = await createMany(0, 40);
    await Promise.all(
      made.map(({ id }, number) =>
        number % 4 === 0
          ? people.remove(id)
          : people.change(id, { kind: 'replace', content: person(number + 101) }),
      ),
    );
    const { tally, real, slots } = await counts();
    expect(tally).toEqual(real);
    expect(tally).toEqual({ people: 30, active: 20 });
    expect(slots).toBeGreaterThan(2);
  });

  it('let others write while somebody has not committed yet [SCM-6]', async () => {
    await inTenant(database.app, acme.id, async (transaction) => {
      await transaction.rows(
        `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, active, document, version,
           created_at, updated_at, standing, brought)
         VALUES ('dusr_held', $1, $2, 'held', 'held', true, '{}', 1, $3, $3, 'deactivated', false)`,
        [acme.id, directory.id, now],
      );
      // Counted as at a commit, and held from then on.
      await transaction.rows('SET CONSTRAINTS ALL IMMEDIATE');
      // Two connections may share a slot, so that one of these may have to wait; not all of them.
      await expect(
        Promise.any([0, 1, 2, 3].map((each) => people.create(person(each)))),
      ).resolves.toBeDefined();
    });
    const { tally, real } = await counts();
    expect(tally.people).toBeGreaterThanOrEqual(2);
    expect(real.people).toBeGreaterThanOrEqual(2);
  });

  it('are not touched by what changes nobody’s standing [SCM-6]', async () => {
    const { id } = await people.create(person(0));
    const version = `SELECT sum(xmin::text::bigint)::text AS xmin FROM directory_tallies WHERE directory_id = $1`;
    const [before] = await rowsInTenant(database.app, acme.id, version, [directory.id]);
    const content = readContent({ ...person(0), title: 'Engineer' }, userType);
    await people.change(id, { kind: 'replace', content });
    const [after] = await rowsInTenant(database.app, acme.id, version, [directory.id]);
    expect(after?.text('xmin')).toBe(before?.text('xmin'));
  });
});
