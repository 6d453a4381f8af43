import { KeyRing } from '@gatehouse/core';
import { parseFilter, readContent, userType, type Json } from '@gatehouse/scim';
import { PostgresPeopleResources } from '../../index';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { anExistingTenant, chance, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';
import { rowsInTenant } from '../../transaction';
import { onlyEmail } from './only-email';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function givenPeople() {
  const tenant = await anExistingTenant(database.app);
  const directory = await aDirectoryOf(database.app, tenant.id);
  const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
  const ports = { database: database.app, keyRing, chance, clock: { now: () => now } };
  const actor = { kind: 'directory', id: directory.id } as const;
  const people = new PostgresPeopleResources(ports, { directory, actor });
  const found = async (filter: string): Promise<string[]> => {
    const query = { filter: parseFilter(filter, userType), wants: () => true };
    const { resources } = await people.list({ ...query, page: { by: 'index', startIndex: 1, count: 9 } });
    return resources.map(({ id }) => id);
  };
  return { tenant, people, found };
}

const user = (...emails: Json[]) => readContent({ userName: 'ada', emails }, userType);
const work = (value: string): Json => ({ type: 'work', value });
const home = (value: string): Json => ({ type: 'home', value });

it('finds a person by e-mail address, however many there are and whatever they become [SCM-1] [SCM-6]', async () => {
  const { people, found } = await givenPeople();
  const { id } = await people.create(user(work('Ada@Acme.example')));
  expect(await found('emails[type eq "work"].value eq "ada@acme.EXAMPLE"')).toEqual([id]);
  expect(await found('emails[type eq "home"].value eq "ada@acme.example"')).toEqual([]);
  await people.change(id, { kind: 'replace', content: user(work('a@acme.example'), home('b@home.example')) });
  expect(await found('emails.value eq "ada@acme.example"')).toEqual([]);
  expect(await found('emails.value eq "a@acme.example" and emails.value eq "B@home.example"')).toEqual([id]);
  await people.change(id, { kind: 'replace', content: user(home('b@home.example')) });
  expect(await found('emails eq "a@acme.example"')).toEqual([]);
  expect(await found('emails eq "b@home.example"')).toEqual([id]);
  await people.change(id, { kind: 'replace', content: user() });
  expect(await found('emails.value eq "b@home.example"')).toEqual([]);
  expect(await found('not (emails.value eq "b@home.example")')).toEqual([id]);
});

it('finds a person whom a server of the version before wrote [OPS-5]', async () => {
  const { tenant, people, found } = await givenPeople();
  const { id } = await people.create(user(work('ada@acme.example')));
  await rowsInTenant(
    database.app,
    tenant.id,
    'UPDATE directory_people SET only_email = NULL WHERE tenant_id = $1',
    [tenant.id],
  );
  expect(await found('emails.value eq "ada@acme.example"')).toEqual([id]);
});

it('leaves several addresses, and one longer than an index takes, to the document', () => {
  expect(onlyEmail(user())).toBe('');
  expect(onlyEmail(user(work('A@x.example')))).toBe('a@x.example');
  expect(onlyEmail(user(work('a@x.example'), home('b@x.example')))).toBeNull();
  expect(onlyEmail(user(work(`${'a'.repeat(3000)}@x.example`)))).toBeNull();
});
