import { PostgresLinkStore, PostgresMemberStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aLink, anExistingConnection, anExistingTenant, aPerson, because, chance } from '../testing/given';
import type { Connection, Tenant } from '@gatehouse/core';

let database: TestDatabase;
let links: PostgresLinkStore;
let members: PostgresMemberStore;
let acme: Tenant;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  links = new PostgresLinkStore(database.app, chance);
  members = new PostgresMemberStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  connection = await anExistingConnection(database.app, acme.id);
});
afterAll(() => database.drop());

const issuer = 'https://idp.example';

describe('the store of links', () => {
  it('finds the person by connection, issuer and subject, each compared exactly', async () => {
    const person = aPerson(acme.id);
    await members.add(acme.id, person, because(acme.id));
    await expect(links.add(acme.id, aLink(connection, person, 'Ada'), because(acme.id))).resolves.toBe(
      'added',
    );
    const find = (subject: string, from = issuer) =>
      links.findPerson(acme.id, connection.id, { issuer: from, subject });
    await expect(find('Ada')).resolves.toEqual(person);
    await expect(find('ada')).resolves.toBeUndefined();
    await expect(find('Ada ')).resolves.toBeUndefined();
    await expect(find('Ada', 'https://other.example')).resolves.toBeUndefined();
    const other = await anExistingConnection(database.app, acme.id);
    await expect(links.findPerson(acme.id, other.id, { issuer, subject: 'Ada' })).resolves.toBeUndefined();
  });

  it('finds the tenant along with the person, and without one [LNK-1]', async () => {
    const person = aPerson(acme.id);
    await members.add(acme.id, person, because(acme.id));
    await links.add(acme.id, aLink(connection, person, 'Ada'), because(acme.id));
    const find = (subject: string) => links.findLinked(acme.id, connection.id, { issuer, subject });
    await expect(find('Ada')).resolves.toEqual({ tenant: acme, person });
    await expect(find('Bob')).resolves.toEqual({ tenant: acme });
    const other = await anExistingTenant(database.app);
    const foreign = links.findLinked(other.id, connection.id, { issuer, subject: 'Ada' });
    await expect(foreign).resolves.toEqual({ tenant: other });
  });

  it('keeps the longest issuer with the longest subject that may come [LNK-1]', async () => {
    const person = aPerson(acme.id);
    await members.add(acme.id, person, because(acme.id));
    // Neither repeats itself, so that PostgreSQL cannot make the entry of its index any smaller.
    const scattered = Array.from({ length: 1024 }, (_, index) => (index * 40_503) % 20_000);
    const issuerOf1024Octets = scattered.map((each) => String.fromCodePoint(33 + (each % 94))).join('');
    const subject = scattered
      .slice(0, 256)
      .map((each) => String.fromCodePoint(0x20000 + each))
      .join('');
    const link = { ...aLink(connection, person, subject), issuer: issuerOf1024Octets };
    await expect(links.add(acme.id, link, because(acme.id))).resolves.toBe('added');
    const found = links.findPerson(acme.id, connection.id, { issuer: issuerOf1024Octets, subject });
    await expect(found).resolves.toEqual(person);
  });

  it('binds an identity once', async () => {
    const [ada, bob] = [aPerson(acme.id), aPerson(acme.id)];
    for (const each of [ada, bob]) await members.add(acme.id, each, because(acme.id));
    const outcomes = await Promise.all(
      [ada, bob].map((each) => links.add(acme.id, aLink(connection, each), because(acme.id))),
    );
    expect(outcomes.toSorted()).toEqual(['added', 'taken']);
  });

  it('admits a newcomer with user, membership and link together, and only once', async () => {
    const admit = () => {
      const person = aPerson(acme.id, { email: `new@${acme.slug}.example` });
      return links.admit(acme.id, person, aLink(connection, person), because(acme.id, 'member.added'));
    };
    const outcomes = await Promise.all(Array.from({ length: 10 }, admit));
    const [admitted, ...others] = outcomes.filter(({ kind }) => kind === 'admitted');
    expect(others).toEqual([]);
    expect(outcomes.filter(({ kind }) => kind === 'user-exists')).toHaveLength(9);
    await expect(links.findPerson(acme.id, connection.id, { issuer, subject: 'ada' })).resolves.toEqual(
      admitted?.kind === 'admitted' && admitted.person,
    );
  });

  it('leaves no user behind when the identity was linked in the meantime', async () => {
    const [ada, eve] = [aPerson(acme.id), aPerson(acme.id)];
    await members.add(acme.id, ada, because(acme.id));
    await links.add(acme.id, aLink(connection, ada), because(acme.id));
    await expect(links.admit(acme.id, eve, aLink(connection, eve), because(acme.id))).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(members.emailIsKnownAnywhere(eve.user.email)).resolves.toBe(false);
  });
});
