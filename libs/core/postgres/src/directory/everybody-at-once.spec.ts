import {
  KeyRing,
  RemovalHolds,
  SettleWaiting,
  SsoError,
  type Authority,
  type Domain,
  type MemberId,
  type Tenant,
} from '@gatehouse/core';
import { ScimError } from '@gatehouse/scim';
import { DatabaseError } from 'pg';
import {
  PostgresDomainStore,
  PostgresMemberStore,
  PostgresPeopleResources,
  PostgresRemovalHoldStore,
  PostgresWaitingPeople,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aDomain, aFind, anExistingTenant, aPerson, because, chance, now } from '../testing/given';
import { aDirectoryOf } from '../testing/given-directory';
import { rowsInTenant } from '../transaction';

const keyRing = new KeyRing([{ name: 'k', key: chance.bytes(32) }], chance);
const clock = { now: () => now };
const asOwner: Authority = { actor: { kind: 'operator' }, role: 'operator' };

let database: TestDatabase;
let members: PostgresMemberStore;
let acme: Tenant;
let proven: Domain;
let open: Domain;
beforeAll(async () => {
  database = await createTestDatabase();
  members = new PostgresMemberStore(database.app, chance);
});
afterAll(() => database.drop());

async function aTenantWithDomains(): Promise<void> {
  acme = await anExistingTenant(database.app);
  [proven, open] = [aDomain(acme.id, { verifiedAt: now }), aDomain(acme.id)];
  const domains = new PostgresDomainStore(database.app, chance);
  for (const each of [proven, open]) await domains.add(acme.id, each, because(acme.id, 'domain.added'));
  for (const email of [`p0@${proven.name}`, `p1@${proven.name}`])
    await members.add(acme.id, aPerson(acme.id, { email, role: 'owner' }), because(acme.id, 'member.added'));
}

function below(most: number): number {
  return (chance.bytes(1)[0] ?? 0) % most;
}

/** One of few people, so that everybody meets. */
function anAddress(): string {
  return `p${below(6)}@${below(5) === 0 ? open.name : proven.name}`;
}

async function aMember(): Promise<MemberId | undefined> {
  const list = await members.list(acme.id, { limit: 20 });
  return list[below(Math.max(1, list.length))]?.member.id;
}

/** What one of them may do, by chance; who finds the door closed goes away. */
async function anAct(people: PostgresPeopleResources): Promise<void> {
  const act = below(12);
  if (act < 8) return provision(people, act);
  if (act === 8) return settle();
  if (act === 9) return decideHolds();
  const id = await aMember();
  const person = id && (await members.find(acme.id, id));
  if (!person) return;
  const { member } = person;
  const reason = because(acme.id, 'member.removed', member.id);
  const other = member.suspendedAt ? 'unsuspend' : 'suspend';
  await (act === 10 ? members.remove(acme.id, member, reason) : members[other](acme.id, member, reason));
}

async function provision(people: PostgresPeopleResources, act: number): Promise<void> {
  const userName = `p${below(6)}`;
  const [email, active] = [anAddress(), below(3) > 0];
  if (act < 3)
    return void (await people.create({ userName, active, emails: [{ value: email, primary: true }] }));
  const { resources } = await people.list({
    page: { by: 'index', startIndex: 1, count: 10 },
    wants: () => true,
  });
  const found = resources[below(Math.max(1, resources.length))];
  if (!found) return;
  if (act === 7) return people.remove(found.id);
  const content = {
    ...found.content,
    active,
    ...(act === 6 && { emails: [{ value: email, primary: true }] }),
  };
  await people.change(found.id, { kind: 'replace', content });
}

async function settle(): Promise<void> {
  await new SettleWaiting(new PostgresWaitingPeople(database.app, keyRing, chance), clock).run(acme.id);
}

async function decideHolds(): Promise<void> {
  const holds = new RemovalHolds(new PostgresRemovalHoldStore(database.app, chance), clock);
  const rows = await rowsInTenant(
    database.app,
    acme.id,
    'SELECT DISTINCT directory_id FROM removal_holds',
    [],
  );
  for (const row of rows) {
    const listed = await holds.list(acme.id, `dir_${row.text('directory_id').slice(4)}`, { limit: 5 });
    for (const { id } of listed.filter(({ decision }) => !decision))
      await (below(2) ? holds.approve(acme.id, id, asOwner) : holds.refuse(acme.id, id, asOwner));
  }
}

/** Refused in the words of the protocol or of the domain, or told by PostgreSQL to try again. */
function isExpected(error: unknown): boolean {
  if (error instanceof ScimError || error instanceof SsoError) return true;
  return error instanceof DatabaseError && error.code === '40P01';
}

async function everybodyActs(rounds: number): Promise<number> {
  const directories = [await aDirectoryOf(database.app, acme.id), await aDirectoryOf(database.app, acme.id)];
  const clients = directories.map((directory) => {
    const scope = { directory, actor: { kind: 'directory', id: directory.id } } as const;
    return new PostgresPeopleResources({ database: database.app, keyRing, chance, clock }, scope);
  });
  let deadlocks = 0;
  const one = async (people: PostgresPeopleResources): Promise<void> => {
    for (let round = 0; round < rounds; round++)
      await anAct(people).catch((error: unknown) => {
        if (!isExpected(error)) throw error;
        if (error instanceof DatabaseError) deadlocks += 1;
      });
  };
  await Promise.all([...clients, ...clients, ...clients].map(one));
  return deadlocks;
}

const broken: Readonly<Record<string, string>> = {
  'a tenant without an owner': `SELECT 1 AS found WHERE NOT EXISTS (SELECT FROM members
    WHERE tenant_id = $1 AND role = 'owner' AND suspended_at IS NULL)`,
  'an admitted or held person who is no member': `SELECT p.id FROM directory_people p WHERE p.tenant_id = $1
    AND p.standing IN ('admitted', 'held') AND NOT EXISTS (SELECT FROM members m WHERE m.tenant_id = $1 AND m.id = p.member_id)`,
  'a person who is a member that is gone': `SELECT p.id FROM directory_people p WHERE p.tenant_id = $1
    AND p.member_id IS NOT NULL AND NOT EXISTS (SELECT FROM members m WHERE m.tenant_id = $1 AND m.id = p.member_id)`,
  'a member of a person who is quarantined or removed': `SELECT p.id FROM directory_people p WHERE p.tenant_id = $1
    AND p.standing IN ('quarantined', 'removed') AND p.member_id IS NOT NULL`,
  'a quarantine without a reason, or the other way round': `SELECT id FROM directory_people
    WHERE tenant_id = $1 AND (standing = 'quarantined') <> (quarantined_for IS NOT NULL)`,
  'somebody held by nothing, or not held by a hold': `SELECT id FROM directory_people
    WHERE tenant_id = $1 AND (standing = 'held') <> (held_by IS NOT NULL)`,
  'a member outside of verified domains': `SELECT m.id FROM members m WHERE m.tenant_id = $1 AND NOT EXISTS (SELECT FROM
    domains d WHERE d.tenant_id = $1 AND d.verified_at IS NOT NULL AND d.name = split_part(m.email_key, '@', -1))`,
  'somebody deactivated who acts': `SELECT p.id FROM directory_people p JOIN members m ON m.id = p.member_id
    WHERE p.tenant_id = $1 AND p.standing = 'deactivated' AND m.suspended_at IS NULL`,
  'a removed member who is one': `SELECT r.id FROM removed_members r JOIN members m
    ON m.tenant_id = $1 AND m.user_id = r.user_id WHERE r.tenant_id = $1`,
  'a tally that is wrong': `SELECT d.id FROM directories d WHERE d.tenant_id = $1 AND
    (SELECT sum(t.admitted_people) FROM directory_tallies t WHERE t.tenant_id = $1 AND t.directory_id = d.id) <>
    (SELECT count(*) FROM directory_people p WHERE p.tenant_id = $1 AND p.directory_id = d.id
      AND p.standing IN ('admitted', 'held'))`,
};

async function whatIsBroken(): Promise<string[]> {
  const found: string[] = [];
  for (const [name, sql] of Object.entries(broken))
    if ((await rowsInTenant(database.app, acme.id, sql, [acme.id])).length > 0) found.push(name);
  return found;
}

describe('directories, admins, owners and workers at the same time', () => {
  it('leave people and members in step, and the tenant with an owner [SCM-3] [SCM-8] [SCM-9] [TEN-2] [TEN-11]', async () => {
    for (let turn = 0; turn < 6; turn++) {
      await aTenantWithDomains();
      await everybodyActs(25);
      await expect(whatIsBroken()).resolves.toEqual([]);
      await new PostgresDomainStore(database.app, chance).markVerified(
        ...([acme.id, open.id, aFind(), because(acme.id, 'domain.verified', open.id)] as const),
      );
      // Who is let in may be whom another one waits behind.
      for (let round = 0; round < 2; round++) await settle();
      await expect(new PostgresWaitingPeople(database.app, keyRing, chance).due(acme.id)).resolves.toEqual(
        [],
      );
      await expect(whatIsBroken()).resolves.toEqual([]);
    }
  }, 120_000);
});
