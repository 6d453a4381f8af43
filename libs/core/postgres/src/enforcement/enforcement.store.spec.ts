import type { Connection, PolicyWrite, SignInPolicy, Tenant } from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresEnforcementStore,
  PostgresMemberStore,
  PostgresTenantStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aPerson, because, chance, later, now } from '../testing/given';
import { aMemberOf, anEnabledConnection, asTenant, aTenantWith } from '../testing/given-enforcement';

let database: TestDatabase;
let store: PostgresEnforcementStore;
let acme: Tenant;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresEnforcementStore(database.app, chance);
});
beforeEach(async () => {
  acme = await aTenantWith(database.app, { sso: 'optional' });
  connection = await anEnabledConnection(database.app, acme);
});
afterAll(() => database.drop());

function write({ policy }: Tenant, change: Partial<SignInPolicy>): PolicyWrite {
  return { policy: { ...policy, ...change }, because: because(acme.id, 'policy.changed', acme.id) };
}

function census(at = now) {
  return store.read(acme.id, (facts) => facts.census(at));
}

async function policyNow(): Promise<SignInPolicy | undefined> {
  return (await new PostgresTenantStore(database.app, chance).find(acme.id))?.policy;
}

describe('a change of policy', () => {
  it('is written with its fact, and with nothing else where the rules refuse it [ENF-1] [AUD-1]', async () => {
    const changed = store.change(acme.id, async ({ tenant }) => write(tenant, { sso: 'required' }));
    await expect(changed).resolves.toMatchObject({ sso: 'required' });
    const refused = store.change(acme.id, async () => Promise.reject(new Error('refused')));
    await expect(refused).rejects.toThrow('refused');
    await expect(store.change(acme.id, async () => 'unchanged')).resolves.toMatchObject({ sso: 'required' });
    const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 20 });
    expect(entries.filter(({ type }) => type === 'policy.changed')).toHaveLength(1);
  });

  it('loses no other change that is made at the same time [ENF-1]', async () => {
    await Promise.all([
      store.change(acme.id, async ({ tenant }) => write(tenant, { breakGlass: 'owner-and-admin' })),
      store.change(acme.id, async ({ tenant }) => write(tenant, { newMembersOnSso: false })),
      store.change(acme.id, async ({ tenant }) => write(tenant, { secondFactor: 'required' })),
    ]);
    await expect(policyNow()).resolves.toMatchObject({
      ...{ breakGlass: 'owner-and-admin', newMembersOnSso: false, secondFactor: 'required' },
    });
  });

  it('is decided on facts that stay until it is written: who is added meanwhile waits [ENF-3]', async () => {
    const person = aPerson(acme.id);
    const order: string[] = [];
    let added: Promise<unknown> = Promise.resolve();
    await store.change(acme.id, async (facts) => {
      const before = await facts.census(now);
      const store = new PostgresMemberStore(database.app, chance);
      added = store.add(acme.id, person, because(acme.id)).then(() => order.push('added'));
      // Long enough for the member to be written, were it not held.
      await asTenant(database.app, acme, 'SELECT pg_sleep(0.2)');
      expect(await facts.census(now)).toEqual(before);
      order.push('decided');
      return write(facts.tenant, { sso: 'required' });
    });
    await added;
    expect(order).toEqual(['decided', 'added']);
  });

  it('sees who was being added when it began [ENF-3]', async () => {
    const before = await census();
    const members = new PostgresMemberStore(database.app, chance);
    const adding = Promise.all(
      Array.from({ length: 8 }, () => members.add(acme.id, aPerson(acme.id), because(acme.id))),
    );
    const fingerprints: string[] = [];
    const deciding = store.change(acme.id, async (facts) => {
      fingerprints.push((await facts.census(now)).fingerprint, (await facts.census(now)).fingerprint);
      return 'unchanged';
    });
    await Promise.all([adding, deciding]);
    expect(new Set(fingerprints).size).toBe(1);
    expect((await census()).fingerprint).not.toBe(before.fingerprint);
  });

  it('is nothing of a tenant that is not there', async () => {
    const absent = `ten_${'0'.repeat(26)}` as const;
    await expect(store.change(absent, async () => 'unchanged')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the census of a tenant', () => {
  it('counts members by all that a policy looks at, and those of no other tenant [ENF-3] [SEC-3]', async () => {
    await aMemberOf(database.app, acme, { role: 'owner' });
    await aMemberOf(database.app, acme, { through: connection });
    await aMemberOf(database.app, acme, { through: connection });
    await aMemberOf(database.app, acme, { sso: 'password', suspendedAt: now });
    for (const until of [undefined, later(1), now])
      await aMemberOf(database.app, acme, { exemption: { reason: 'x', ...(until && { until }) } });
    await aMemberOf(database.app, await aTenantWith(database.app, {}), {});
    const { classes } = await census();
    expect(
      classes.map(({ key: _, ...facts }) => facts).map((facts) => Object.values(facts).join(' ')),
    ).toEqual([
      'member inherit false lasting none 1',
      'member inherit false none linked 2',
      'member inherit false over none 1',
      'member inherit false running none 1',
      'member password true none none 1',
      'owner inherit false none none 1',
    ]);
  });

  it('takes nobody for linked whose connection is off or deleted [ENF-3]', async () => {
    await aMemberOf(database.app, acme, { through: connection });
    const reach = async () => (await census()).classes.map((each) => each.reach);
    expect(await reach()).toEqual(['linked']);
    await asTenant(database.app, acme, 'UPDATE connections SET enabled_at = NULL WHERE tenant_id = $1', [
      acme.id,
    ]);
    expect(await reach()).toEqual(['none']);
  });

  it('knows who will be linked by e-mail: in a verified domain, where the tenant chose so [ENF-3] [LNK-9]', async () => {
    await aMemberOf(database.app, acme, { email: `ada@${acme.slug}.example` });
    const domain = `INSERT INTO domains (id, tenant_id, name, token, token_expires_at, created_at, verified_at)
      VALUES ('dom_${acme.id.slice(4)}', $1, $2, 't', $3, $3, $4)`;
    await asTenant(database.app, acme, domain, [acme.id, `${acme.slug}.example`, now, null]);
    const reach = async () => (await census()).classes.map((each) => each.reach);
    const set = (sql: string, values: unknown[] = [acme.id]) => asTenant(database.app, acme, sql, values);
    await set('UPDATE tenants SET associate_by_email = true WHERE id = $1');
    expect(await reach()).toEqual(['none']);
    await set('UPDATE domains SET verified_at = $2 WHERE tenant_id = $1', [acme.id, now]);
    expect(await reach()).toEqual(['by-email']);
    await set('UPDATE tenants SET associate_by_email = false WHERE id = $1');
    expect(await reach()).toEqual(['none']);
  });

  it.each([
    ['a role', `UPDATE members SET role = 'admin' WHERE tenant_id = $1`],
    ['an own setting', `UPDATE members SET sso = 'password' WHERE tenant_id = $1`],
    [
      'the end of an exemption',
      `UPDATE members SET exemption = '{"reason": "x", "until": "2027-01-01"}' WHERE tenant_id = $1`,
    ],
    ['a suspension', 'UPDATE members SET suspended_at = now() WHERE tenant_id = $1'],
    ['a link', 'DELETE FROM links WHERE tenant_id = $1'],
    ['a connection', 'UPDATE connections SET enabled_at = NULL WHERE tenant_id = $1'],
    ['the members', 'DELETE FROM members WHERE tenant_id = $1'],
  ])('has another fingerprint once %s changes [ENF-3]', async (_, sql) => {
    const exemption = { reason: 'x', until: later(10) };
    await aMemberOf(database.app, acme, { through: connection, exemption });
    const { fingerprint } = await census();
    expect((await census(later(1))).fingerprint).toBe(fingerprint);
    await asTenant(database.app, acme, sql, [acme.id]);
    expect((await census()).fingerprint).not.toBe(fingerprint);
  });

  it('has another fingerprint once an exemption has run out [ENF-3] [ENF-5]', async () => {
    await aMemberOf(database.app, acme, { exemption: { reason: 'x', until: later(10) } });
    expect((await census(later(10))).fingerprint).not.toBe((await census(later(9))).fingerprint);
  });

  it('lists the members of its classes page by page, and one by ID or address [ENF-3] [ENF-13]', async () => {
    const linked = [await aMemberOf(database.app, acme, { through: connection })];
    for (let count = 0; count < 4; count++)
      linked.push(await aMemberOf(database.app, acme, { through: connection }));
    const owner = await aMemberOf(database.app, acme, { role: 'owner' });
    const keys = (await census()).classes.filter(({ reach }) => reach === 'linked').map(({ key }) => key);
    const first = await store.members(acme.id, keys, now, { limit: 2 });
    const after = String(first.at(-1)?.person.member.id);
    const rest = await store.members(acme.id, keys, now, { after, limit: 10 });
    const ids = [...first, ...rest].map(({ person }) => person.member.id);
    expect(ids).toEqual(linked.map(({ member }) => member.id).toSorted());
    await expect(store.members(acme.id, [], now, { limit: 10 })).resolves.toEqual([]);
    const found = { person: owner, reach: 'none' };
    await expect(store.find(acme.id, { id: owner.member.id })).resolves.toEqual(found);
    await expect(store.find(acme.id, { email: owner.user.email.toUpperCase() })).resolves.toEqual(found);
    const other = await aTenantWith(database.app, {});
    await expect(store.find(other.id, { id: owner.member.id })).resolves.toBeUndefined();
  });
});

describe('what a dry run has counted', () => {
  it('is named by person, of its own days and its own tenant only [ENF-10] [SEC-3]', async () => {
    const [ada, ben] = [await aMemberOf(database.app, acme), await aMemberOf(database.app, acme)];
    const audit = new PostgresAuditLog(database.app, chance);
    const signIn = (subject: string, minutes: number, wouldBeRefused?: string) => {
      const data = { via: 'password', ...(wouldBeRefused && { wouldBeRefused }) };
      return audit.record({ ...because(acme.id, 'sign_in.succeeded', subject), at: later(minutes), data });
    };
    await signIn(ada.member.id, 1, 'sso-required');
    await signIn(ada.member.id, 3, 'sso-required');
    await signIn(ben.member.id, 2);
    await signIn(ben.member.id, 60, 'sso-required');
    const run = { since: now, until: later(60) };
    await expect(store.countDryRun(acme.id, run)).resolves.toEqual({ signIns: 2, people: 1 });
    await expect(store.listDryRun(acme.id, run, { limit: 10 })).resolves.toEqual([
      { memberId: ada.member.id, email: ada.user.email, signIns: 2, lastAt: later(3) },
    ]);
    await expect(store.listDryRun(acme.id, run, { after: ada.member.id, limit: 10 })).resolves.toEqual([]);
    const other = await aTenantWith(database.app, {});
    await expect(store.countDryRun(other.id, run)).resolves.toEqual({ signIns: 0, people: 0 });
  });
});
