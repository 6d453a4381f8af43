import { KeyRing, type Directory, type Happening, type Tenant } from '@gatehouse/core';
import {
  parseAttribute,
  parseFilter,
  readContent,
  readPatch,
  userType,
  type Content,
  type Json,
  type ResourceQuery,
} from '@gatehouse/scim';
import { PostgresDomainStore, PostgresPeopleResources } from '../../index';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { aDomain, aFind, anExistingTenant, because, chance, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';
import { rowsInTenant } from '../../transaction';

let database: TestDatabase;
let acme: Tenant;
let directory: Directory;
let people: PostgresPeopleResources;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
let time = now;
const clock = { now: () => time };

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  time = now;
  acme = await anExistingTenant(database.app);
  await verify(acme, domainOf(acme));
  directory = await aDirectoryOf(database.app, acme.id);
  people = resourcesOf(directory);
});
afterAll(() => database.drop());

function resourcesOf(of: Directory, rehearsal?: (happenings: readonly Happening[]) => void) {
  const actor = { kind: 'directory', id: of.id } as const;
  const ports = { database: database.app, keyRing, chance, clock };
  return new PostgresPeopleResources(ports, { directory: of, actor, ...(rehearsal && { rehearsal }) });
}

async function verify(tenant: Tenant, name: string): Promise<void> {
  const domains = new PostgresDomainStore(database.app, chance);
  const domain = aDomain(tenant.id, { name });
  await domains.add(tenant.id, domain, because(tenant.id, 'domain.added'));
  await domains.markVerified(tenant.id, domain.id, aFind(), because(tenant.id, 'domain.verified'));
}

const domainOf = ({ slug }: Tenant): string => `${slug}.example`;
const address = (name: string): string => `${name}@${domainOf(acme)}`;

function user(name: string, more: Record<string, Json> = {}): Content {
  return readContent({ userName: address(name), active: true, ...more }, userType);
}

function patch(...operations: Json[]) {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return { kind: 'patch', operations: readPatch({ schemas, Operations: operations }, userType) } as const;
}

const replace = (content: Content) => ({ kind: 'replace', content }) as const;
const all = () => true;

function list(
  query: Partial<ResourceQuery> & { filterText?: string; sortBy?: string; descending?: boolean } = {},
) {
  const { filterText, sortBy, descending = false, ...rest } = query;
  return people.list({
    page: { by: 'index', startIndex: 1, count: 100 },
    wants: all,
    ...(filterText !== undefined && { filter: parseFilter(filterText, userType) }),
    ...(sortBy !== undefined && { sort: { by: parseAttribute(sortBy, userType), descending } }),
    ...rest,
  });
}

const names = ({ resources }: { resources: readonly { content: Content }[] }) =>
  resources.map(({ content }) => JSON.stringify(content['userName']).slice(1).split('@')[0]);

describe('a person of a directory', () => {
  it('is read as it was written, without its password [SCM-1]', async () => {
    const given = user('ada', {
      password: 'secret',
      name: { givenName: 'Ada' },
      emails: [{ value: address('ada') }],
    });
    const created = await people.create(given);
    const found = await people.find(created.id, all);
    expect(found).toEqual(created);
    expect(found).toMatchObject({ version: 1, createdAt: now, updatedAt: now });
    expect(found?.content).toMatchObject({ userName: address('ada'), name: { givenName: 'Ada' } });
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(Object.getPrototypeOf(found?.content)).toBeNull();
  });

  it('is found by what clients look for [SCM-1]', async () => {
    const { id } = await people.create(user('ada', { externalId: 'X1' }));
    await people.create(user('bob', { active: false }));
    for (const filterText of [
      `userName eq "${address('ADA')}"`,
      'externalId eq "X1"',
      'active eq true',
      `id eq "${id}"`,
      'userName sw "ad" and not (active eq false)',
    ])
      await expect(list({ filterText })).resolves.toMatchObject({ total: 1, resources: [{ id }] });
    await expect(list({ filterText: 'externalId eq "x1"' })).resolves.toMatchObject({
      total: 0,
      resources: [],
    });
  });
});

void [replace, patch, names, rowsInTenant];
