import {
  boardStandings,
  type BoardStanding,
  type Connection,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import { describeDatabase, PostgresConnectionStore, PostgresLinkMailOutcomes } from '../index';
import type { Row } from '../row';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingConnection, anExistingTenant, because, chance, now } from '../testing/given';
import { aMemberOf, aTenantWith, asTenant, type GivenMember } from '../testing/given-enforcement';
import { aServingConnection, aVerifiedDomain, LinkingDesk, requestOf } from '../testing/given-linking';
import { inTenant, type Statement } from '../transaction';
import { countingBoard, listingBoard } from './read-board';

let database: TestDatabase;
let desk: LinkingDesk;
let acme: Tenant;
let domain: string;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new LinkingDesk(database.app);
  acme = await aTenantWith(database.app, { sso: 'optional' });
  domain = await aVerifiedDomain(database.app, acme);
  connection = await aServingConnection(database.app, acme);
});
afterEach(() => desk.mails());
afterAll(() => database.drop());

const byOperator = { actor: { kind: 'operator' }, role: 'operator' } as const;

function aColleague(name: string, given: GivenMember = {}): Promise<NewPerson> {
  return aMemberOf(database.app, acme, { email: `${name}@${domain}`, ...given });
}

/** Name, standing and reason of all on the board, in one line each; with what the counts make of it. */
async function board(filter?: BoardStanding): Promise<string[]> {
  const page = await desk.board.page(acme.id, { filter, limit: 200 });
  return page.map(({ user, standing, reason }) => {
    const [name = ''] = user.email.split('@');
    return [name, standing, ...(reason ? [reason] : [])].join(' ');
  });
}

describe('the board of linking', () => {
  it('shows of everybody how far it is, and of who got no letter why [LNK-4]', async () => {
    await aColleague('boss', { role: 'owner' });
    await aColleague('sus', { suspendedAt: now });
    await aColleague('pass', { sso: 'password' });
    await aMemberOf(database.app, acme, { email: `out@${domain}.example` });
    await aColleague('assoc', { through: connection });
    const outcomes = new PostgresLinkMailOutcomes(database.app);
    for (const name of ['sent', 'opened', 'linked', 'bounced', 'unlinked', 'waiting']) await aColleague(name);
    await desk.requests.askAll(acme.id, connection.id);
    const mails = new Map((await desk.mails()).map((mail) => [mail.to.split('@')[0], mail]));
    const letter = (name: string) => {
      const mail = mails.get(name);
      if (!mail) throw new Error(`No letter to ${name}.`);
      return mail;
    };
    for (const name of ['sent', 'opened', 'linked', 'unlinked']) {
      await outcomes.delivered(letter(name), desk.now);
      await outcomes.delivered(letter(name), new Date());
    }
    await outcomes.bounced(letter('bounced'), '550 5.1.1 No such user', desk.now);
    await outcomes.bounced(letter('bounced'), 'again', new Date());
    await desk.store.opened(acme.id, requestOf(letter('opened')), desk.now);
    for (const name of ['linked', 'unlinked']) await link(requestOf(letter(name)));
    await aColleague('late');
    const gone = await desk.board.page(acme.id, { filter: 'linked', limit: 200 });
    const unlinked = gone.find(({ user }) => user.email.startsWith('unlinked'));
    if (unlinked) await desk.unlinking.unlink(acme.id, unlinked.member.id, undefined, byOperator);
    expect((await board()).toSorted()).toEqual([
      'assoc linked already-linked',
      'boss none owner',
      'bounced bounced',
      'late none not-asked-yet',
      'linked linked',
      'opened opened',
      'out none other-domain',
      'pass none password-only',
      'sent sent',
      'sus none suspended',
      'unlinked none unlinked',
      'waiting waiting',
    ]);
    const counts = await desk.board.count(acme.id);
    const one = { waiting: 1, sent: 1, opened: 1, linked: 2, expired: 0, bounced: 1, none: 6 };
    const why = { owner: 1, suspended: 1, 'password-only': 1, 'other-domain': 1, unlinked: 1 };
    expect(counts).toEqual({
      ...{ total: 12, standings: one },
      reasons: { ...why, 'already-linked': 1, 'not-asked-yet': 1 },
    });
    const [bounced] = await desk.board.page(acme.id, { filter: 'bounced', limit: 200 });
    expect(bounced?.request).toMatchObject({ bounceReason: '550 5.1.1 No such user', bouncedAt: desk.now });
    const [sent] = await desk.board.page(acme.id, { filter: 'sent', limit: 200 });
    expect(sent?.request).toMatchObject({ sentAt: desk.now, connectionId: connection.id });
    desk.pass(72 * 60);
    expect((await board('expired')).toSorted()).toEqual([
      ...['opened expired', 'sent expired', 'waiting expired'],
    ]);
  });

  it('filters as it shows, page by page, and sees no other tenant [LNK-4] [SEC-3]', async () => {
    for (const name of ['a', 'b', 'c']) await aColleague(name);
    await desk.requests.askAll(acme.id, connection.id);
    await aColleague('d', { role: 'owner' });
    const globex = await aTenantWith(database.app, {});
    await aMemberOf(database.app, globex, { email: `x@${domain}` });
    for (const filter of boardStandings) {
      const shown = (await board()).filter((line) => line.split(' ')[1] === filter);
      expect(await board(filter)).toEqual(shown);
    }
    const first = await desk.board.page(acme.id, { filter: 'waiting', limit: 2 });
    const rest = await desk.board.page(acme.id, { filter: 'waiting', limit: 2, after: first[1]?.member.id });
    expect(first).toHaveLength(2);
    expect([...first, ...rest].map(({ user }) => user.email[0]).toSorted()).toEqual(['a', 'b', 'c']);
    await expect(desk.board.count(globex.id)).resolves.toMatchObject({
      total: 1,
      reasons: { 'other-domain': 1 },
    });
  });

  it('counts a link through a deleted connection for nothing [LNK-4]', async () => {
    await aColleague('ida', { through: connection });
    const deleted = { ...connection, deletedAt: now, revision: 2 };
    await new PostgresConnectionStore(database.app, chance).save(acme.id, deleted, because(acme.id));
    expect(await board()).toEqual(['ida none not-asked-yet']);
  });

  it('hears of no letter of a member who is gone, and of no other kind [LNK-4]', async () => {
    const ida = await aColleague('ida');
    await desk.requests.askAll(acme.id, connection.id);
    const [mail] = await desk.mails();
    if (!mail) throw new Error('There is no letter.');
    await asTenant(database.app, acme, 'DELETE FROM members WHERE id = $1', [ida.member.id]);
    const outcomes = new PostgresLinkMailOutcomes(database.app);
    await expect(outcomes.delivered(mail, now)).resolves.toBeUndefined();
    await expect(
      outcomes.bounced({ ...mail, message: { kind: 'password-changed' } }, 'no', now),
    ).resolves.toBeUndefined();
  });

  async function link(id: ReturnType<typeof requestOf>): Promise<void> {
    const request = await desk.store.find(acme.id, id);
    const page = await desk.board.page(acme.id, { limit: 200 });
    const person = page.find(({ user }) => user.id === request?.userId);
    if (!person) throw new Error('Nobody has this request.');
    await expect(desk.store.use(acme.id, id, desk.linking(connection, person))).resolves.toBe('linked');
    await desk.mails();
  }
});

describe('the board of 100,000 members', () => {
  const tables = ['members', 'users', 'links', 'link_requests'];
  const [id, everybody] = [`lpad(n::text, 26, '0')`, 'generate_series(1, 100000) n'];

  /** Half are linked, a tenth was not asked, a thousandth bounced; the others have their letter. */
  function people(tenant: Tenant, through: string, others: string): string[] {
    return [
      `INSERT INTO users (id, email, email_key, created_at)
       SELECT 'user_' || ${id}, n || '@many.example', n || '@many.example', now() FROM ${everybody}`,
      `INSERT INTO members (id, tenant_id, user_id, role, created_at, sso, email_key)
       SELECT 'mem_' || ${id}, '${tenant.id}', 'user_' || ${id}, 'member', now(), 'inherit', n || '@many.example' FROM ${everybody}`,
      `INSERT INTO links (id, tenant_id, connection_id, user_id, issuer, subject, created_at)
       SELECT 'link_' || ${id}, '${tenant.id}', '${through}', 'user_' || ${id}, 'idp', n::text, now() FROM ${everybody} WHERE n % 2 = 0`,
      `INSERT INTO link_requests (id, tenant_id, user_id, member_id, connection_id, issuer, email, token_hash, created_at,
         expires_at, sent_at, bounced_at, used_at)
       SELECT 'lreq_' || ${id}, '${tenant.id}', 'user_' || ${id}, 'mem_' || ${id}, '${through}', 'idp', 'x', 't' || n, now(),
         now() + interval '3 days', now(), CASE WHEN n % 1000 = 1 THEN now() END, CASE WHEN n % 2 = 0 THEN now() END
       FROM ${everybody} WHERE n % 10 <> 3`,
      `INSERT INTO links (id, tenant_id, connection_id, user_id, issuer, subject, created_at)
       SELECT 'link_x' || ${id}, '${others}', 'conn_x', 'user_' || ${id}, 'idp', n::text, now() FROM ${everybody}`,
      `INSERT INTO link_requests (id, tenant_id, user_id, member_id, connection_id, issuer, email, token_hash, created_at, expires_at)
       SELECT 'lreq_x' || ${id}, '${others}', 'user_' || ${id}, 'mem_x' || ${id}, '${through}', 'idp', 'x', 'x' || n, now(), now()
       FROM ${everybody}`,
    ];
  }

  /** As the superuser, without triggers and foreign keys: what they would do is written at once. */
  async function fill(): Promise<void> {
    const url = new URL(process.env['GATEHOUSE_TEST_POSTGRES_URL'] ?? '');
    url.pathname = new URL(database.url).pathname;
    const globex = await anExistingTenant(database.app);
    const { id: through } = await anExistingConnection(database.app, acme.id);
    const superuser = await describeDatabase({ url: url.href, poolSize: 1 }).initialize();
    const vacuum = `VACUUM ANALYZE ${tables.join(', ')}`;
    for (const sql of ['SET session_replication_role = replica', ...people(acme, through, globex.id), vacuum])
      await superuser.query(sql);
    await superuser.destroy();
  }

  function stepsOf(plan: Row): Row[] {
    return [plan, ...plan.optionalObjects('Plans').flatMap(stepsOf)];
  }

  async function explain({ sql, values }: Statement): Promise<Row[]> {
    const rows = await inTenant(database.app, acme.id, async (transaction) => {
      await transaction.rows('SET LOCAL plan_cache_mode = force_custom_plan');
      return transaction.rows(`EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) ${sql}`, [...values]);
    });
    return rows.flatMap((row) => row.objects('QUERY PLAN')).flatMap((row) => stepsOf(row.object('Plan')));
  }

  /** How many rows a statement read to no purpose. */
  function inVain(steps: readonly Row[]): number {
    return steps.reduce(
      (sum, step) =>
        sum + (step.optionalInteger('Rows Removed by Filter') ?? 0) * step.number('Actual Loops'),
      0,
    );
  }

  it('is read by indexes, a page without rows read in vain, and counted in one pass [LNK-4]', async () => {
    await fill();
    const facts = { now: new Date(), domains: ['many.example'] };
    const middle = 'mem_00000000000000000000050000';
    for (const after of [undefined, middle] as const)
      for (const filter of [undefined, ...boardStandings]) {
        const steps = await explain(listingBoard(acme.id, { ...facts, filter, after, limit: 50 }));
        const scans = steps.filter((step) => step.text('Node Type').endsWith('Seq Scan'));
        const read = scans
          .map((step) => step.optionalText('Relation Name'))
          .filter((name) => tables.includes(name ?? ''));
        expect([filter, after, read, inVain(steps) < 10_000]).toEqual([filter, after, [], true]);
      }
    const counting = await explain(countingBoard(acme.id, facts));
    expect(Math.max(...counting.map((step) => step.number('Actual Loops')))).toBeLessThan(10);
    const { total, standings } = await desk.board.count(acme.id);
    expect({ total, ...standings }).toMatchObject({
      total: 100_000,
      linked: 50_000,
      none: 10_000,
      bounced: 100,
    });
    const bounced = await desk.board.page(acme.id, { filter: 'bounced', limit: 200 });
    expect(bounced).toHaveLength(100);
  }, 60_000);
});
