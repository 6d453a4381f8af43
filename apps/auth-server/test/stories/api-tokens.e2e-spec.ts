import { Clock, RateLimits, scopes, tokenLimit } from '@gatehouse/core';
import { DataSource } from 'typeorm';
import type { Config } from '../../src/config';
import { CONFIG } from '../../src/http/config.token';
import { ApiCaller, signIn, signInAs, type Role } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let owner: ApiCaller;
let admin: ApiCaller;
let viewer: ApiCaller;
const path = 'tenants/acme/api-tokens';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  [owner, admin, viewer] = [
    await signInAs(gatehouse, acme, 'owner'),
    await signInAs(gatehouse, acme, 'admin'),
    await signInAs(gatehouse, acme, 'viewer'),
  ];
}, 60_000);

afterAll(() => gatehouse?.stop());

interface MadeToken {
  readonly id: string;
  readonly secret: string;
  readonly program: ApiCaller;
}

async function make(by: ApiCaller, wanted: object = {}): Promise<MadeToken> {
  const made = await by.did('POST', path, { name: 'Nightly report', scopes: [], ...wanted });
  const secret = text(made['secret']);
  return { id: text(made['id']), secret, program: ApiCaller.withKey(gatehouse, secret) };
}

async function aMember(role: Role = 'member'): Promise<ApiCaller> {
  newcomers += 1;
  const caller = await signIn(gatehouse, acme, `newcomer-${newcomers}@acme.example`);
  await gatehouse.did('PATCH', `tenants/acme/members/${caller.memberId}`, { role });
  return caller;
}
let newcomers = 0;

async function statusOf(program: ApiCaller, asked = 'me'): Promise<[number, unknown]> {
  const { status, body } = await program.call('GET', asked);
  return [status, body['code']];
}

async function change(sql: string, values: readonly unknown[] = []): Promise<void> {
  const { id } = await gatehouse.did('GET', acme.path);
  await gatehouse.app.get(DataSource).transaction(async (manager) => {
    await manager.query(`SET LOCAL gatehouse.tenant = '${text(id)}'`);
    await manager.query(sql, [...values]);
  });
}

async function listed(by: ApiCaller): Promise<readonly string[]> {
  const { items } = await by.did('GET', `${path}?limit=200`);
  return asArray(items).map((item) => text(asRecord(item)['id']));
}

describe('an API token', () => {
  it('is made in the browser, shows its secret once, and works until its owner revokes it [SES-4]', async () => {
    const made = await viewer.did('POST', path, { name: ' My script ', scopes: ['sessions:read'] });
    const { id, secret, ...shown } = made;
    expect(text(secret)).toMatch(/^gatehouse_[0-9a-f]{72}$/);
    expect(shown).toMatchObject({
      name: 'My script',
      scopes: ['sessions:read'],
      state: 'active',
      memberId: viewer.memberId,
    });
    const days = (Date.parse(text(shown['expiresAt'])) - Date.parse(text(shown['createdAt']))) / 86_400_000;
    expect(days).toBe(90);
    for (const again of [await viewer.did('GET', `${path}/${text(id)}`), await viewer.did('GET', path)])
      expect(JSON.stringify(again)).not.toContain(text(secret).slice(10));
    const program = ApiCaller.withKey(gatehouse, text(secret));
    await expect(statusOf(program)).resolves.toEqual([200, undefined]);
    await viewer.did('DELETE', `${path}/${text(id)}`);
    await expect(statusOf(program)).resolves.toEqual([401, 'token_revoked']);
    await expect(viewer.did('GET', `${path}/${text(id)}`)).resolves.toMatchObject({ state: 'revoked' });
  });

  it('is written to the audit log with who made it, and every deed of it with the token [AUD-1] [SES-4]', async () => {
    const { id, program, secret } = await make(admin, { scopes: ['domains:write'] });
    await program.did('POST', 'tenants/acme/domains', { name: 'second-acme.example' });
    await admin.did('DELETE', `${path}/${id}`);
    const audit = await gatehouse.audit('acme');
    const byAdmin = { kind: 'member', id: admin.memberId, address: '127.0.0.1' };
    const [revoked, added, created] = audit;
    expect(revoked).toMatchObject({ type: 'api_token.revoked', subject: id, actor: byAdmin });
    expect(added).toMatchObject({ type: 'domain.added', actor: { ...byAdmin, token: id } });
    expect(created).toMatchObject({
      type: 'api_token.created',
      subject: id,
      actor: byAdmin,
      after: { scopes: ['domains:write'] },
    });
    expect(JSON.stringify(audit)).not.toContain(secret.slice(10, 40));
  });

  it('is seen and revoked by its member, by admins and by the operator, and by nobody else [SES-4] [SEC-3]', async () => {
    const [theirs, ours] = [await make(viewer), await make(owner)];
    await expect(listed(viewer)).resolves.not.toContain(ours.id);
    await expect(listed(viewer)).resolves.toContain(theirs.id);
    await expect(listed(admin)).resolves.toEqual(expect.arrayContaining([theirs.id, ours.id]));
    for (const method of ['GET', 'DELETE'])
      expect(await viewer.call(method, `${path}/${ours.id}`)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    await expect(statusOf(ours.program)).resolves.toEqual([200, undefined]);
    await admin.did('DELETE', `${path}/${theirs.id}`);
    await gatehouse.did('DELETE', `${path}/${ours.id}`);
    for (const { program } of [theirs, ours])
      await expect(statusOf(program)).resolves.toEqual([401, 'token_revoked']);
  });

  it('makes no other tokens, and sees no more of them than its scopes and its member may [SES-4]', async () => {
    const { program, id } = await make(viewer, { scopes: ['api-tokens:read', 'api-tokens:write'] });
    const more = await program.call('POST', path, { name: 'More', scopes: [] });
    expect(more).toMatchObject({ status: 403, body: { code: 'browser_required' } });
    const other = await make(owner);
    await expect(listed(program)).resolves.toContain(id);
    await expect(listed(program)).resolves.not.toContain(other.id);
    expect(await program.call('DELETE', `${path}/${other.id}`)).toMatchObject({ status: 404 });
    await program.did('DELETE', `${path}/${id}`);
    await expect(statusOf(program)).resolves.toEqual([401, 'token_revoked']);
  });

  it('invites nobody past single sign-on where it was made for members only [SES-4] [ENF-5]', async () => {
    const [without, both] = [
      await make(admin, { scopes: ['members:write'] }),
      await make(admin, { scopes: ['members:write', 'enforcement:write'] }),
    ];
    const invite = (by: ApiCaller, more: object) =>
      by.call('POST', 'tenants/acme/invitations', { email: `${Math.random()}@acme.example`, ...more });
    for (const more of [{ sso: 'password' }, { sso: 'inherit' }, { exemption: { reason: 'because' } }]) {
      const refused = { status: 403, body: { code: 'scope_missing', want: 'enforcement:write' } };
      expect(await invite(without.program, more)).toMatchObject(refused);
      expect(await invite(both.program, more)).toMatchObject({ status: 201 });
    }
    for (const more of [{}, { sso: 'sso' }])
      expect(await invite(without.program, more)).toMatchObject({ status: 201 });
  });

  it('is made by the operator on behalf of a member, who must be named, and has no more than that member [SES-4] [TEN-3]', async () => {
    const made = await gatehouse.did('POST', path, { name: 'For Vi', scopes: [], memberId: viewer.memberId });
    const program = ApiCaller.withKey(gatehouse, text(made['secret']));
    expect(await program.did('GET', 'me')).toMatchObject({ member: { id: viewer.memberId } });
    const refusals = [
      [{ name: 'X', scopes: [] }, 400, 'validation_failed'],
      [{ name: 'X', scopes: [], memberId: `mem_${'0'.repeat(26)}` }, 404, 'not_found'],
      [{ name: 'X', scopes: ['audit:read'], memberId: viewer.memberId }, 403, 'scope_not_grantable'],
    ] as const;
    for (const [body, status, code] of refusals)
      expect(await gatehouse.api('POST', path, body)).toMatchObject({ status, body: { code } });
  });

  it('is made by nobody in the name of somebody else, admins and owners included [SES-4]', async () => {
    for (const by of [admin, owner])
      expect(await by.call('POST', path, { name: 'X', scopes: [], memberId: viewer.memberId })).toMatchObject(
        {
          status: 400,
          body: { code: 'validation_failed' },
        },
      );
  });

  it('is not made from a page of another site, nor by a session that somebody left open [SEC-2] [SES-4]', async () => {
    const ada = await aMember();
    const wanted = { name: 'X', scopes: [] };
    const forged = await ada.call('POST', path, wanted, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    expect(forged).toMatchObject({ status: 403, body: { code: 'cross_site_request' } });
    await change(`UPDATE sessions SET created_at = created_at - interval '15 minutes' WHERE member_id = $1`, [
      ada.memberId,
    ]);
    expect(await ada.call('POST', path, wanted)).toMatchObject({
      status: 403,
      body: { code: 'proof_stale' },
    });
    await expect(listed(ada)).resolves.toEqual([]);
  });

  it.each<[string, object]>([
    ['no name', { scopes: [] }],
    ['a blank name', { name: '  ', scopes: [] }],
    ['a name of a novel', { name: 'x'.repeat(101), scopes: [] }],
    ['a NUL', { name: 'a\0b', scopes: [] }],
    ['no scopes', { name: 'X' }],
    ['a scope that there is not', { name: 'X', scopes: ['everything'] }],
    ['a scope out of the prototype', { name: 'X', scopes: ['constructor'] }],
    ['too many scopes', { name: 'X', scopes: Array.from({ length: 100 }, () => 'sessions:read') }],
    ['no lifetime', { name: 'X', scopes: [], expiresInDays: 0 }],
    ['half a day', { name: 'X', scopes: [], expiresInDays: 0.5 }],
    ['more than a year', { name: 'X', scopes: [], expiresInDays: 366 }],
    ['a member that is none', { name: 'X', scopes: [], memberId: 'me' }],
  ])('is not made with %s [SES-4]', async (_, body) => {
    const before = await listed(owner);
    expect(await owner.call('POST', path, body)).toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
    await expect(listed(owner)).resolves.toEqual(before);
  });

  it('shows when it was last used [SES-4]', async () => {
    const { id, program } = await make(viewer);
    const lastUse = async () => (await viewer.did('GET', `${path}/${id}`))['lastUsedAt'];
    await expect(lastUse()).resolves.toBeUndefined();
    await program.did('GET', 'me');
    // Nobody waits for the note, so it may be a moment behind.
    for (let looked = 0; looked < 100 && (await lastUse()) === undefined; looked++)
      await program.did('GET', 'me');
    expect(Number.isNaN(Date.parse(text(await lastUse())))).toBe(false);
  });

  it('that runs wild is slowed down, and no other is [SEC-1]', async () => {
    const [wild, calm] = [await make(viewer), await make(viewer)];
    // In a minute's time, so that no pace of this machine gives any of it back meanwhile.
    const soon = new Date(gatehouse.app.get(Clock).now().getTime() + 60_000);
    const limits = gatehouse.app.get(RateLimits);
    for (let taken = 0; taken < tokenLimit.most; taken++) await limits.take(tokenLimit, wild.id, soon);
    const answer = await fetch(`${gatehouse.url}/api/v1/me`, { headers: wild.program.headers });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await expect(statusOf(calm.program)).resolves.toEqual([200, undefined]);
  });
});

describe('the API tokens of a member', () => {
  it('do what the role allows at each call, up and down [TEN-4] [SES-4]', async () => {
    const ada = await aMember('owner');
    const { program } = await make(ada, { scopes });
    const look = () => statusOf(program, 'tenants/acme/connections');
    const become = (role: Role) => gatehouse.did('PATCH', `tenants/acme/members/${ada.memberId}`, { role });
    await expect(look()).resolves.toEqual([200, undefined]);
    await become('viewer');
    await expect(look()).resolves.toEqual([403, 'not_an_admin']);
    expect(asRecord((await program.did('GET', 'me'))['may'])).toEqual({
      ...{ 'sessions:read': 'own', 'sessions:write': 'own' },
      ...{ 'api-tokens:read': 'own', 'api-tokens:write': 'own' },
    });
    await become('admin');
    await expect(look()).resolves.toEqual([200, undefined]);
  });

  it('make no owner where the member is an admin, whatever their scopes [TEN-3] [SES-4]', async () => {
    const ada = await aMember('admin');
    const { program } = await make(ada, { scopes: ['members:write'] });
    const promote = (id: string) => program.call('PATCH', `tenants/acme/members/${id}`, { role: 'owner' });
    for (const id of [ada.memberId, viewer.memberId])
      expect(await promote(id)).toMatchObject({ status: 403, body: { code: 'role_not_grantable' } });
  });

  it('rest while the member is suspended, and end when the member is removed [TEN-6] [SES-4]', async () => {
    const ada = await aMember();
    const { program, id } = await make(ada);
    const member = `tenants/acme/members/${ada.memberId}`;
    await gatehouse.did('POST', `${member}/suspend`);
    await expect(statusOf(program)).resolves.toEqual([403, 'member_suspended']);
    await gatehouse.did('POST', `${member}/unsuspend`);
    await expect(statusOf(program)).resolves.toEqual([200, undefined]);
    await gatehouse.did('DELETE', member);
    await expect(statusOf(program)).resolves.toEqual([401, 'credential_invalid']);
    await expect(gatehouse.did('GET', `${path}/${id}`)).resolves.toMatchObject({ state: 'revoked' });
  });

  it('rest while the tenant is suspended [SES-4]', async () => {
    const { program } = await make(viewer);
    await change('UPDATE tenants SET suspended_at = now()');
    await expect(statusOf(program)).resolves.toEqual([403, 'tenant_suspended']);
    await change('UPDATE tenants SET suspended_at = NULL');
    await expect(statusOf(program)).resolves.toEqual([200, undefined]);
  });

  it('are refused by every server from the moment of their end [SES-4]', async () => {
    const { program, id, secret } = await make(viewer);
    const { secretKeys, cookieKeys } = gatehouse.app.get<Config>(CONFIG);
    const shared = { secretKeys, cookieKeys, databaseUrl: gatehouse.database.url };
    const second = await Gatehouse.start(shared);
    try {
      const there = ApiCaller.withKey(second, secret);
      await expect(statusOf(there)).resolves.toEqual([200, undefined]);
      await viewer.did('DELETE', `${path}/${id}`);
      await expect(statusOf(there)).resolves.toEqual([401, 'token_revoked']);
      await expect(statusOf(program)).resolves.toEqual([401, 'token_revoked']);
    } finally {
      await second.stop();
    }
  });
});

// Last: who signed in by a connection that goes off is signed out.
describe('single sign-on', () => {
  it('may become required, be switched off or have its connection taken away: API tokens go on working [ENF-9] [SES-4]', async () => {
    const { program } = await make(admin, { scopes: ['connections:read'] });
    const works = () => statusOf(program, 'tenants/acme/connections');
    const policy = (sso: string) =>
      change(`UPDATE tenants SET policy = jsonb_set(policy, '{sso}', to_jsonb($1::text))`, [sso]);
    for (const sso of ['required', 'off', 'optional']) {
      await policy(sso);
      await expect(works()).resolves.toEqual([200, undefined]);
    }
    await change(`UPDATE members SET sso = 'inherit'`);
    await gatehouse.did('POST', `tenants/acme/connections/${acme.connection}/disable`);
    await expect(works()).resolves.toEqual([200, undefined]);
    await gatehouse.did('POST', `tenants/acme/connections/${acme.connection}/enable`);
  });

  it('may end the session that made a token: the token lives on [SES-4]', async () => {
    const ada = await aMember();
    const { program } = await make(ada);
    await change('UPDATE sessions SET ended_at = now() WHERE member_id = $1', [ada.memberId]);
    await expect(statusOf(ada)).resolves.toEqual([401, 'credential_missing']);
    await expect(statusOf(program)).resolves.toEqual([200, undefined]);
  });
});
