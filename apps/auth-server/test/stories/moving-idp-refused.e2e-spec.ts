import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { MovingTenant, renamed } from '../moving-tenant';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
}, 60_000);

afterAll(() => gatehouse?.stop());

/** A tenant of which these people came in by the old identity provider. */
async function aTenant(slug: string, ...names: string[]) {
  const tenant = await MovingTenant.setUp(gatehouse, slug);
  const emails = names.map((name) => `${name}@${slug}.example`);
  const seen = new Map<string, string>();
  for (const email of emails) seen.set(email, await tenant.signIn(tenant.old, person(email)));
  const [first = '', second = ''] = emails;
  return { tenant, first, second, seen };
}

async function relinked(tenant: MovingTenant): Promise<number> {
  const audit = await gatehouse.audit(tenant.old.slug);
  return audit.filter(({ type }) => type === 'member.relinked').length;
}

describe('a move that a hostile tenant asks for', () => {
  it('never names a connection, move or member of another tenant [CON-10] [SEC-3]', async () => {
    const { tenant: victim, first } = await aTenant('victim', 'ada');
    const { tenant: thief } = await aTenant('thief', 'eve');
    const theirs = victim.old.connection;
    const post = (path: string, body: object) => gatehouse.api('POST', path, body);
    const absent = { status: 404, body: { code: 'not_found' } };
    expect(await post(`${thief.moves}/preview`, { from: theirs })).toMatchObject(absent);
    expect(await post(thief.moves, { from: theirs, confirm: 0 })).toMatchObject(absent);
    const foreign = `tenants/thief/connections/${theirs}/moves`;
    expect(await post(`${foreign}/preview`, { from: thief.old.connection })).toMatchObject(absent);
    expect(await gatehouse.api('GET', foreign)).toMatchObject(absent);
    const { id } = await victim.approve();
    for (const path of [thief.moves, foreign]) {
      expect(await gatehouse.api('GET', `${path}/${text(id)}`)).toMatchObject(absent);
      expect(await post(`${path}/${text(id)}/cancel`, { undo: true })).toMatchObject(absent);
      expect(await post(`${path}/${text(id)}/finish`, { confirm: 1 })).toMatchObject(absent);
    }
    const administrators = [await victim.memberId(first)];
    const own = { from: thief.old.connection, confirm: 1, administrators };
    expect(await post(thief.moves, own)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await gatehouse.did('GET', thief.moves)).toEqual({ items: [] });
  });

  it('refuses what is no move, and writes nothing of it [CON-10]', async () => {
    const { tenant } = await aTenant('clumsy', 'ada');
    const from = tenant.old.connection;
    const mapping = [{ email: 'ada@clumsy.example', oldSubject: 'x', subject: 'y' }];
    const bodies = [
      {},
      { from: 'conn_1', confirm: 1 },
      { from: tenant.next.connection, confirm: 0 },
      { from },
      { from, confirm: -1 },
      { from, confirm: '1' },
      { from, confirm: 1, expiresInDays: 91 },
      { from, confirm: 1, expiresInDays: 0 },
      { from, confirm: 1, mapping },
      { from, confirm: 1, mapping: 'name,subject\nada,1' },
      { from, confirm: 1, mapping: `email,subject\nada@clumsy.example,${'x'.repeat(257)}` },
      { from, confirm: 1, mapping: [{ email: 'ada@clumsy.example', subject: 'a\u0000b' }] },
      { from, confirm: 1, administrators: ['owner'] },
    ];
    for (const body of bodies)
      expect(await gatehouse.api('POST', tenant.moves, body)).toMatchObject({
        status: 400,
        body: { code: 'validation_failed' },
      });
    expect(await gatehouse.did('GET', tenant.moves)).toEqual({ items: [] });
    expect(await gatehouse.api('POST', tenant.moves, { from, confirm: 1 }, null)).toMatchObject({
      status: 401,
    });
  });
});

describe('an approved move', () => {
  it('gives an owner or admin to no identity that was not approved for one by name [CON-10]', async () => {
    const { tenant, first, second, seen } = await aTenant('crown', 'owen', 'alma');
    const path = `tenants/crown/members`;
    await gatehouse.did('PATCH', `${path}/${await tenant.memberId(first)}`, { role: 'owner' });
    const { id } = await tenant.approve();
    await gatehouse.did('PATCH', `${path}/${await tenant.memberId(second)}`, { role: 'admin' });
    await expect(tenant.refused(tenant.next, renamed(first))).resolves.toContain('link_required');
    await expect(tenant.askedForCode(tenant.next, renamed(second))).resolves.toContain(second);
    const shown = await tenant.move(id);
    const reason = 'administrator_not_listed';
    await expect(tenant.line(shown, first)).resolves.toMatchObject({ state: 'cannot', reason });
    await expect(tenant.line(shown, second)).resolves.toMatchObject({ state: 'pending', block: reason });
    await gatehouse.did('POST', `${tenant.moves}/${text(id)}/cancel`);
    await tenant.approve({ administrators: [await tenant.memberId(first)] });
    await expect(tenant.signIn(tenant.next, renamed(first))).resolves.toBe(seen.get(first));
    await expect(tenant.askedForCode(tenant.next, renamed(second))).resolves.toContain(second);
  });

  it('gives a member who followed to no second identity with the same e-mail [CON-10] [LNK-1] [LNK-11]', async () => {
    const { tenant, first, second, seen } = await aTenant('twice', 'ada', 'bob');
    await tenant.approve();
    await tenant.signIn(tenant.next, renamed(first));
    await expect(tenant.askedForCode(tenant.next, renamed(first, 'uid-of-eve'))).resolves.toContain(first);
    // Who followed and then takes a colleague's address stays who he is, and the colleague can still follow.
    const disguised = renamed(second, `uid-of-${first}`);
    await expect(tenant.signIn(tenant.next, disguised)).resolves.toBe(seen.get(first));
    await expect(tenant.signIn(tenant.next, renamed(second))).resolves.toBe(seen.get(second));
    await expect(relinked(tenant)).resolves.toBe(2);
  });

  it('lets one of two win who arrive at the same moment with the same e-mail [CON-10]', async () => {
    const { tenant, first } = await aTenant('race', 'ada');
    await tenant.approve();
    const subjects = ['1', '2', '3', '4'];
    const pages = await Promise.all(
      subjects.map((subject) => tenant.arrive(tenant.next, renamed(first, subject))),
    );
    const isIn = ({ page }: (typeof pages)[number]) => page.location?.includes('code=') === true;
    expect(pages.filter(isIn)).toHaveLength(1);
    // Who saw the winner before deciding is asked for a code, who did not is refused.
    for (const { page } of pages.filter((each) => !isIn(each)))
      expect(page.text).toMatch(page.status === 200 ? /Connect the account/ : /link_required/);
    await expect(relinked(tenant)).resolves.toBe(1);
  });

  it('holds for the person that was approved, not for one whose e-mail changed since [CON-10]', async () => {
    const { tenant, first, seen } = await aTenant('changed', 'ada');
    const { id } = await tenant.approve();
    await tenant.changeEmail(first, 'adele@changed.example');
    await expect(tenant.refused(tenant.next, renamed(first))).resolves.toContain('jit_disabled');
    await expect(tenant.askedForCode(tenant.next, renamed('adele@changed.example'))).resolves.toContain(
      'adele@changed.example',
    );
    const line = await tenant.line(await tenant.move(id), first);
    expect(line).toMatchObject({
      state: 'pending',
      block: 'email_changed',
      emailNow: 'adele@changed.example',
    });
    await tenant.changeEmail('adele@changed.example', first);
    await expect(tenant.signIn(tenant.next, renamed(first))).resolves.toBe(seen.get(first));
  });

  it('is over when it was cancelled, or has expired [CON-10]', async () => {
    const { tenant, first, seen } = await aTenant('ended', 'ada');
    const { id: cancelled } = await tenant.approve();
    await gatehouse.did('POST', `${tenant.moves}/${text(cancelled)}/cancel`);
    await expect(tenant.askedForCode(tenant.next, renamed(first))).resolves.toContain(first);
    const { id: expired } = await tenant.approve({ expiresInDays: 90 });
    const back = `UPDATE moves SET expires_at = now() - interval '1 second' WHERE id = $1 RETURNING id`;
    await tenant.change(back, [expired]);
    await expect(tenant.askedForCode(tenant.next, renamed(first))).resolves.toContain(first);
    await expect(tenant.move(expired)).resolves.toMatchObject({ state: 'expired' });
    await tenant.approve();
    await expect(tenant.signIn(tenant.next, renamed(first))).resolves.toBe(seen.get(first));
  });

  it('lets in nobody who is suspended, neither on the list nor since [CON-10]', async () => {
    const { tenant, first, second, seen } = await aTenant('paused', 'ada', 'bob');
    const suspend = (email: string, at: string | null) =>
      tenant
        .memberId(email)
        .then((id) =>
          tenant.change('UPDATE members SET suspended_at = $2 WHERE id = $1 RETURNING id', [id, at]),
        );
    await suspend(first, '2026-01-01T00:00:00Z');
    const { id } = await tenant.approve();
    await suspend(second, '2026-01-01T00:00:00Z');
    await expect(tenant.refused(tenant.next, renamed(first))).resolves.toContain('member_suspended');
    await expect(tenant.refused(tenant.next, renamed(second))).resolves.toContain('member_suspended');
    const shown = await tenant.move(id);
    await expect(tenant.line(shown, first)).resolves.toMatchObject({ state: 'cannot', reason: 'suspended' });
    await expect(tenant.line(shown, second)).resolves.toMatchObject({ state: 'pending', block: 'suspended' });
    await suspend(second, null);
    await expect(tenant.signIn(tenant.next, renamed(second))).resolves.toBe(seen.get(second));
  });

  it('takes nobody along whose domain the tenant has lost meanwhile [CON-10] [LNK-8] [DOM-8]', async () => {
    const { tenant, first } = await aTenant('lapsed', 'ada');
    const { id } = await tenant.approve();
    const { items } = await gatehouse.did('GET', 'tenants/lapsed/domains');
    const [domain] = asArray(items).map(asRecord);
    await gatehouse.did('DELETE', `tenants/lapsed/domains/${text(domain?.['id'])}?confirm=2`);
    await expect(tenant.refused(tenant.next, renamed(first))).resolves.toContain('email_domain_not_verified');
    const line = await tenant.line(await tenant.move(id), first);
    expect(line).toMatchObject({ state: 'pending', block: 'email_outside_verified_domains' });
    await expect(tenant.preview()).resolves.toMatchObject({ follows: 0, counts: { cannot: 1 } });
  });

  it('is about its own connection, also where another one has the same issuer [CON-10]', async () => {
    const { tenant, first, seen } = await aTenant('alike', 'ada');
    const copy = await MovingTenant.anotherIdp(gatehouse, tenant.old, tenant.next.domain);
    expect(copy.idp.entityId).toBe(tenant.next.idp.entityId);
    await tenant.approve();
    await expect(tenant.askedForCode(copy, renamed(first))).resolves.toContain(first);
    await expect(tenant.signIn(tenant.next, renamed(first))).resolves.toBe(seen.get(first));
    await expect(tenant.askedForCode(copy, renamed(first))).resolves.toContain(first);
  });

  it('is about the identity provider that was approved, not one that took its place since [CON-10]', async () => {
    const { tenant, first } = await aTenant('swapped', 'ada');
    await tenant.approve();
    const { path, connection } = tenant.next;
    await gatehouse.did('POST', `${path}/connections/${connection}/disable`);
    const other = new Organisation(gatehouse, 'swapped', 'evil.swapped.example');
    const metadataXml = other.idp.metadata();
    await gatehouse.did('PATCH', `${path}/connections/${connection}`, { metadataXml });
    other.connection = connection;
    await other.test(person(tenant.old.owner));
    await gatehouse.did('POST', `${path}/connections/${connection}/enable`);
    await expect(tenant.askedForCode(other, renamed(first))).resolves.toContain(first);
    await expect(relinked(tenant)).resolves.toBe(0);
  });

  it('takes nobody along who was unlinked since [CON-10] [LNK-10]', async () => {
    const { tenant, first } = await aTenant('unlinked', 'ada');
    const { id } = await tenant.approve();
    await tenant.change('DELETE FROM links WHERE subject = $1 RETURNING id', [first]);
    await expect(tenant.askedForCode(tenant.next, renamed(first))).resolves.toContain(first);
    await expect(tenant.line(await tenant.move(id), first)).resolves.toMatchObject({ block: 'unlinked' });
  });

  it('can be undone: everybody is back at the old connection, and out of the new one [CON-10]', async () => {
    const { tenant, first, seen } = await aTenant('undone', 'ada');
    const { id } = await tenant.approve();
    await tenant.signIn(tenant.next, renamed(first));
    const cancel = () => gatehouse.api('POST', `${tenant.moves}/${text(id)}/cancel`, { undo: true });
    const old = `${tenant.old.path}/connections/${tenant.old.connection}`;
    await gatehouse.did('POST', `${old}/disable`);
    expect(await cancel()).toMatchObject({ status: 403, body: { code: 'connection_disabled' } });
    await gatehouse.did('POST', `${old}/enable`);
    expect(await cancel()).toMatchObject({ status: 200, body: { linksRemoved: 1, sessionsEnded: 1 } });
    expect(await cancel()).toMatchObject({ status: 409, body: { code: 'move_not_open' } });
    await expect(tenant.askedForCode(tenant.next, renamed(first))).resolves.toContain(first);
    await expect(tenant.signIn(tenant.old, person(first))).resolves.toBe(seen.get(first));
    expect(await tenant.move(id)).toMatchObject({ state: 'cancelled', counts: { undone: 1 } });
  });
});
