import {
  mostCounted,
  readCursor,
  writeCursor,
  type ListedMember,
  type MemberFilter,
  type MemberQuery,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import {
  describeDatabase,
  PostgresConnectionStore,
  PostgresLinkStore,
  PostgresMemberList,
  PostgresMemberStore,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  aLink,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  aSession,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import type { Row } from '../row';
import { inTenant } from '../transaction';
import { counting, listing } from './list-members';

let database: TestDatabase;
let list: PostgresMemberList;
let acme: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  list = new PostgresMemberList(database.app);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

function query(changes: Partial<MemberQuery> = {}): MemberQuery {
  return { filter: {}, sort: 'created', limit: 50, now, ...changes };
}

async function aMember(email: string, name = 'Ada Example', changes: Partial<NewPerson['member']> = {}) {
  const described = aPerson(acme.id, { email });
  const { user, member } = described;
  const person = { user: { ...user, name }, member: { ...member, ...changes } };
  const outcome = await new PostgresMemberStore(database.app, chance).add(acme.id, person, because(acme.id));
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.person;
}

/** Links that were made in the same millisecond have no order of their own. */
function inOrder(member: ListedMember): ListedMember {
  const byConnection = (one: { connectionId: string }, other: { connectionId: string }) =>
    one.connectionId < other.connectionId ? -1 : 1;
  return { ...member, links: member.links.toSorted(byConnection) };
}

async function emails(filter: MemberFilter, at = now): Promise<string[]> {
  const found = await list.page(acme.id, query({ filter, sort: 'email', now: at }));
  const { counted, more } = await list.count(acme.id, query({ filter, now: at }));
  expect([counted, more]).toEqual([found.length, false]);
  return found.map(({ user }) => user.email.split('@')[0] ?? '');
}

describe('the list of members', () => {
  it('shows what each is linked to and how each signed in last [TEN-7]', async () => {
    const [okta, entra] = [
      await anExistingConnection(database.app, acme.id),
      await anExistingConnection(database.app, acme.id),
    ];
    const exemption = { reason: 'contractor', until: later(60) };
    const ada = await aMember('ada@list.example', 'Ada', { sso: 'inherit', exemption });
    const bob = await aMember('bob@list.example');
    const links = new PostgresLinkStore(database.app, chance);
    await links.add(acme.id, aLink(okta, ada, 'a'), because(acme.id));
    await links.add(acme.id, aLink(entra, ada, 'a'), because(acme.id));
    const sessions = new PostgresSessionStore(database.app, chance);
    for (const [via, minutes] of [
      ['password', 5],
      ['saml', 9],
    ] as const) {
      const succeeded = because(acme.id, 'sign_in.succeeded', ada.member.id);
      await sessions.open(acme.id, aSession(ada, okta), { ...succeeded, at: later(minutes), data: { via } });
    }
    const shown: ListedMember = {
      ...ada,
      links: [okta, entra].map(({ id }) => ({ connectionId: id, createdAt: now })),
      lastSignIn: { at: later(9), via: 'saml' },
    };
    const found = await list.page(acme.id, query({ sort: 'email' }));
    expect(found.map(inOrder)).toEqual([shown, { ...bob, links: [] }].map(inOrder));
    await expect(list.find(acme.id, ada.member.id)).resolves.toEqual(found[0]);
    const globex = await anExistingTenant(database.app);
    await expect(list.page(globex.id, query())).resolves.toEqual([]);
    await expect(list.find(globex.id, ada.member.id)).resolves.toBeUndefined();
  });

  it('counts a link through a deleted connection for none [TEN-7]', async () => {
    const okta = await anExistingConnection(database.app, acme.id);
    const ada = await aMember(`ada@${acme.slug}.example`);
    await new PostgresLinkStore(database.app, chance).add(acme.id, aLink(okta, ada), because(acme.id));
    await expect(emails({ linked: true })).resolves.toEqual(['ada']);
    await expect(emails({ linked: false })).resolves.toEqual([]);
    const [stored] = await new PostgresConnectionStore(database.app, chance).list(acme.id);
    expect(stored?.id).toBe(okta.id);
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('UPDATE connections SET deleted_at = $2 WHERE id = $1', [okta.id, now]),
    );
    await expect(emails({ linked: true })).resolves.toEqual([]);
    await expect(emails({ linked: false })).resolves.toEqual(['ada']);
    await expect(list.find(acme.id, ada.member.id)).resolves.toMatchObject({ links: [] });
  });

  it('is narrowed by role, setting, exemption and suspension, alone and together [TEN-7]', async () => {
    const domain = `${acme.slug}.example`;
    await aMember(`owner@${domain}`, 'O', { role: 'owner' });
    await aMember(`admin@${domain}`, 'A', { role: 'admin', sso: 'sso', suspendedAt: now });
    await aMember(`pass@${domain}`, 'P', { sso: 'password' });
    await aMember(`exempt@${domain}`, 'E', { exemption: { reason: 'x' } });
    await aMember(`until@${domain}`, 'U', { exemption: { reason: 'x', until: later(5) } });
    await expect(emails({})).resolves.toEqual(['admin', 'exempt', 'owner', 'pass', 'until']);
    await expect(emails({ role: 'owner' })).resolves.toEqual(['owner']);
    await expect(emails({ sso: 'password' })).resolves.toEqual(['pass']);
    await expect(emails({ suspended: true })).resolves.toEqual(['admin']);
    await expect(emails({ suspended: false, role: 'admin' })).resolves.toEqual([]);
    await expect(emails({ exempt: true })).resolves.toEqual(['exempt', 'until']);
    await expect(emails({ exempt: true }, later(5))).resolves.toEqual(['exempt']);
    await expect(emails({ exempt: false }, later(5))).resolves.toEqual(['admin', 'owner', 'pass', 'until']);
    await expect(emails({ linked: false, role: 'member', sso: 'inherit' })).resolves.toEqual([
      'exempt',
      'until',
    ]);
  });

  it('finds by how address or name begin, whatever the case, and knows no wildcard [TEN-7]', async () => {
    const domain = `${acme.slug}.example`;
    await aMember(`Ann.Lee@${domain}`, 'Zoë Öz');
    await aMember(`a_b@${domain}`, 'Ännchen');
    await aMember(`zed@${domain}`, '100% Ann');
    await expect(emails({ beginning: 'ANN' })).resolves.toEqual(['Ann.Lee']);
    await expect(emails({ beginning: 'änn' })).resolves.toEqual(['a_b']);
    await expect(emails({ beginning: 'zo' })).resolves.toEqual(['Ann.Lee']);
    await expect(emails({ beginning: 'a_' })).resolves.toEqual(['a_b']);
    await expect(emails({ beginning: '%' })).resolves.toEqual([]);
    await expect(emails({ beginning: '100%' })).resolves.toEqual(['zed']);
    await expect(emails({ beginning: `_` })).resolves.toEqual([]);
    await expect(emails({ beginning: `ann.lee@${domain}x` })).resolves.toEqual([]);
  });

  it.each(['created', 'email'] as const)(
    'goes on by %s where a slice ended, nobody twice nor left out [TEN-7]',
    async (sort) => {
      const made = [];
      for (const name of ['c', 'a', 'e', 'b', 'd']) made.push(await aMember(`${name}@${acme.slug}.example`));
      const all = await list.page(acme.id, query({ sort }));
      const slices: ListedMember[] = [];
      for (let after: MemberQuery['after']; ;) {
        const slice = await list.page(acme.id, query({ sort, after, limit: 2 }));
        slices.push(...slice);
        const last = slice.at(-1);
        if (!last) break;
        after = readCursor(writeCursor(last, sort), sort);
      }
      expect(slices).toEqual(all);
      const keyOf = ({ user, member }: NewPerson) => (sort === 'email' ? user.email : member.id);
      expect(all.map(keyOf)).toEqual(made.map(keyOf).toSorted());
    },
  );

  it('follows what a user is called from then on, in every tenant [TEN-7]', async () => {
    const ada = await aMember(`ada@${acme.slug}.example`);
    const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
    const renamed = [`bea@${acme.slug}.example`, ada.user.id];
    await owner.query(
      `UPDATE users SET email = $1, email_key = $1, name = 'BEA', name_key = 'bea' WHERE id = $2`,
      renamed,
    );
    await owner.destroy();
    await expect(emails({ beginning: 'ada' })).resolves.toEqual([]);
    await expect(emails({ beginning: 'bea' })).resolves.toEqual(['bea']);
  });
});

describe('the list of 100,000 members', () => {
  const tables = ['members', 'users', 'links', 'audit_entries'];

  const [id, everybody] = [`lpad(n::text, 26, '0')`, 'generate_series(1, 100000) n'];

  /** A tenth each is linked and set to a password; every hundredth is an admin, some are exempt or suspended. */
  function people(tenant: Tenant): string[] {
    return [
      `INSERT INTO users (id, email, email_key, name, name_key, created_at)
       SELECT 'user_' || ${id}, n || '@many.example', n || '@many.example', 'Name ' || n, 'name ' || n, now() FROM ${everybody}`,
      `INSERT INTO members (id, tenant_id, user_id, role, created_at, sso, suspended_at, exemption, email_key, name_key)
       SELECT 'mem_' || ${id}, '${tenant.id}', 'user_' || ${id}, CASE WHEN n % 100 = 0 THEN 'admin' ELSE 'member' END, now(),
         CASE WHEN n % 10 = 2 THEN 'password' ELSE 'sso' END, CASE WHEN n % 1000 = 3 THEN now() END,
         CASE WHEN n % 1000 = 4 THEN '{"reason": "x"}'::jsonb END, n || '@many.example', 'name ' || n FROM ${everybody}`,
      `INSERT INTO audit_entries (id, tenant_id, type, at, actor, subject, data)
       SELECT 'aud_' || ${id}, '${tenant.id}', 'sign_in.succeeded', now(), '{"kind": "person"}', 'mem_' || ${id}, '{"via": "saml"}'
       FROM ${everybody} WHERE n % 10 = 1`,
    ];
  }

  /** Without another tenant's links among them, reading all would be the best way to read one's own. */
  function links(tenant: Tenant, connection: string, which: string): string {
    return `INSERT INTO links (id, tenant_id, connection_id, user_id, issuer, subject, created_at)
      SELECT 'link_${connection.slice(-6)}' || ${id}, '${tenant.id}', '${connection}', 'user_' || ${id}, 'idp', n::text, now()
      FROM ${everybody} WHERE ${which}`;
  }

  /** As the superuser, without triggers and foreign keys: what they would do is written at once. */
  async function fill(): Promise<void> {
    const url = new URL(process.env['GATEHOUSE_TEST_POSTGRES_URL'] ?? '');
    url.pathname = new URL(database.url).pathname;
    const globex = await anExistingTenant(database.app);
    const connections = await Promise.all(
      [acme, globex].map((tenant) => anExistingConnection(database.app, tenant.id)),
    );
    const [ours = '', others = ''] = connections.map((connection) => connection.id);
    const superuser = await describeDatabase({ url: url.href, poolSize: 1 }).initialize();
    const statements = [
      'SET session_replication_role = replica',
      ...people(acme),
      links(acme, ours, 'n % 10 = 1'),
      links(globex, others, 'n % 10 <> 1'),
      `VACUUM ANALYZE ${tables.join(', ')}`,
    ];
    for (const sql of statements) await superuser.query(sql);
    await superuser.destroy();
  }

  /** A step of a plan that was carried out, as PostgreSQL describes it, with the steps below it. */
  function stepsOf(plan: Row): Row[] {
    return [plan, ...plan.optionalObjects('Plans').flatMap(stepsOf)];
  }

  /** What is wrong with how a statement was carried out: a table read from one end to the other, or rows read in vain. */
  async function faults({ sql, values }: ReturnType<typeof listing>): Promise<string[]> {
    const rows = await inTenant(database.app, acme.id, async (transaction) => {
      await transaction.rows('SET LOCAL plan_cache_mode = force_custom_plan');
      return transaction.rows(`EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) ${sql}`, values);
    });
    const steps = rows
      .flatMap((row) => row.objects('QUERY PLAN'))
      .flatMap((row) => stepsOf(row.object('Plan')));
    const inVain = steps.reduce(
      (sum, step) => sum + (step.optionalInteger('Rows Removed by Filter') ?? 0),
      0,
    );
    const scans = steps.filter((step) => step.text('Node Type').endsWith('Seq Scan'));
    const tablesRead = scans
      .map((step) => step.text('Relation Name'))
      .filter((name) => tables.includes(name));
    return [...tablesRead, ...(inVain > 10_000 ? [`${inVain} rows in vain`] : [])];
  }

  const filters: MemberFilter[] = [
    {},
    { role: 'admin' },
    { sso: 'password' },
    { linked: true },
    { linked: false },
    { suspended: true },
    { exempt: true },
    { beginning: '4711' },
    { beginning: 'name 9999' },
    { role: 'admin', beginning: '5' },
  ];
  const middle = { id: 'mem_00000000000000000000050000', email: '50000@many.example' } as const;

  it('is read and counted by indexes that fit, in either order, from the beginning and from the middle [TEN-7]', async () => {
    await fill();
    for (const filter of filters) {
      for (const sort of ['created', 'email'] as const)
        for (const after of [undefined, middle]) {
          const wanted = query({ filter, sort, after });
          expect([filter, sort, await faults(listing(acme.id, wanted))]).toEqual([filter, sort, []]);
        }
      expect([filter, await faults(counting(acme.id, query({ filter })))]).toEqual([filter, []]);
    }
    await expect(list.count(acme.id, query())).resolves.toEqual({ counted: mostCounted, more: true });
    const admins = list.count(acme.id, query({ filter: { role: 'admin' } }));
    await expect(admins).resolves.toEqual({ counted: 1000, more: false });
    await expect(list.page(acme.id, query({ filter: { beginning: '4711@' } }))).resolves.toMatchObject([
      { user: { email: '4711@many.example' }, links: [{}], lastSignIn: { via: 'saml' } },
    ]);
  }, 60_000);
});
