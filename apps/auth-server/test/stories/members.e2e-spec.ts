import { createHash, randomBytes } from 'node:crypto';
import { ApiCaller, signIn, signInAs } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

function memberPath({ memberId }: ApiCaller): string {
  return `${acme.path}/members/${memberId}`;
}

/** What the identity provider's answer leads to, of somebody with this subject and address. */
async function arrive(email: string, subject = email, organisation = acme) {
  const asked = await organisation.arriveAtIdp(
    `${gatehouse.url}/account/sign-in?tenant=${organisation.slug}`,
  );
  return organisation.answer(asked, { ...person(email), nameId: subject });
}

/** A token of an application to which this person signed in. */
async function accessTokenOf(email: string): Promise<string> {
  const { sso, redirectUri, id, secret } = application;
  const verifier = randomBytes(32).toString('base64url');
  const address = new URL((await sso.signIn.start({ redirectUri, tenant: acme.slug })).url);
  address.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
  const page = await acme.answer(await acme.arriveAtIdp(address.href), person(email));
  const answer = await fetch(`${gatehouse.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier },
      code: new URL(text(page.location)).searchParams.get('code') ?? '',
    }),
  });
  return text(asRecord(await answer.json())['access_token']);
}

async function userinfo(token: string): Promise<[number, unknown]> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${gatehouse.url}/oidc/me`, { headers });
  return [answer.status, asRecord(await answer.json())['role']];
}

describe('the role of a member', () => {
  it('is another one at the next request, in tokens, in the API and in the browser [TEN-4]', async () => {
    const admin = await signInAs(gatehouse, acme, 'admin');
    const token = await accessTokenOf('admin-acme@acme.example');
    await expect(userinfo(token)).resolves.toEqual([200, 'admin']);
    await admin.did('GET', `${acme.path}/members`);
    await gatehouse.did('PATCH', memberPath(admin), { role: 'viewer' });
    await expect(userinfo(token)).resolves.toEqual([200, 'viewer']);
    expect((await admin.call('GET', `${acme.path}/members`)).status).toBe(403);
    expect(asRecord((await admin.did('GET', 'me'))['member'])['role']).toBe('viewer');
    await gatehouse.did('PATCH', memberPath(admin), { role: 'admin' });
    expect((await admin.call('GET', `${acme.path}/members`)).status).toBe(200);
  });

  it('of an owner is given and taken by owners, not by admins, who cannot remove or suspend one either [TEN-3] [TEN-4]', async () => {
    const [owner, admin, member] = [
      await signInAs(gatehouse, acme, 'owner'),
      await signInAs(gatehouse, acme, 'admin'),
      await signInAs(gatehouse, acme, 'member'),
    ];
    const tries = [
      ['PATCH', memberPath(member), { role: 'owner' }],
      ['PATCH', memberPath(admin), { role: 'owner' }],
      ['PATCH', memberPath(owner), { role: 'member' }],
      ['POST', `${memberPath(owner)}/suspend`, undefined],
      ['DELETE', memberPath(owner), undefined],
      ['POST', `${acme.path}/invitations`, { email: 'x@acme.example', role: 'owner' }],
    ] as const;
    for (const [method, path, body] of tries) {
      const answer = await admin.call(method, path, body);
      expect([method, path, answer.status, answer.body['code']]).toEqual([
        method,
        path,
        403,
        'role_not_grantable',
      ]);
    }
    await owner.did('PATCH', memberPath(member), { role: 'owner' });
    await owner.did('PATCH', memberPath(member), { role: 'member' });
  });
});

describe('a removed member', () => {
  it('is out at the next request, with its sessions, tokens and refreshes, in this tenant alone [TEN-6]', async () => {
    const email = 'leaver@acme.example';
    const leaver = await signIn(gatehouse, acme, email);
    const made = await gatehouse.did('POST', `${acme.path}/api-tokens`, {
      ...{ name: 'Report', scopes: [], memberId: leaver.memberId },
    });
    const program = ApiCaller.withKey(gatehouse, text(made['secret']));
    const token = await accessTokenOf(email);
    const elsewhere = await gatehouse.did('POST', `${globex.path}/members`, { email });
    const removed = await gatehouse.did('DELETE', memberPath(leaver));
    expect(removed).toEqual({ removed: leaver.memberId, sessionsEnded: 2 });
    expect((await leaver.call('GET', 'me')).status).toBe(401);
    expect((await program.call('GET', 'me')).body['code']).toBe('credential_invalid');
    expect((await userinfo(token))[0]).toBe(401);
    await expect(
      gatehouse.did('GET', `${globex.path}/members/${text(elsewhere['id'])}`),
    ).resolves.toMatchObject({ email });
    const again = await gatehouse.api('DELETE', memberPath(leaver));
    expect([again.status, again.body['code']]).toEqual([404, 'not_found']);
    const ended = (await gatehouse.audit(acme.slug)).filter(({ type }) => type === 'session.ended');
    expect(ended.length).toBeGreaterThanOrEqual(2);
  });

  it('is not brought back by the identity provider, nor under another address, until an admin says so [TEN-11]', async () => {
    const [email, other] = ['gone@acme.example', 'renamed@acme.example'];
    const gone = await signIn(gatehouse, acme, email);
    await gatehouse.did('DELETE', memberPath(gone));
    for (const [address, subject] of [
      [email, email],
      [other, email],
      [email, 'another-subject'],
    ] as const) {
      const page = await arrive(address, subject);
      expect([address, subject, page.status]).toEqual([address, subject, 403]);
      expect(page.text).toContain('member_removed');
      expect(page.text).toContain('You were removed from acme Inc.');
    }
    const added = await gatehouse.api('POST', `${acme.path}/members`, { email });
    expect([added.status, added.body['code']]).toEqual([403, 'member_removed']);
    const { items } = await gatehouse.did('GET', `${acme.path}/removed-members?limit=200`);
    const kept = asArray(items)
      .map(asRecord)
      .find((each) => each['email'] === email);
    expect(kept).toMatchObject({
      id: gone.memberId,
      removedBy: { kind: 'operator' },
      identities: [{ subject: email }],
    });
    const foreign = await gatehouse.api('POST', `${globex.path}/removed-members/${gone.memberId}/readmit`);
    expect(foreign.status).toBe(404);
    await gatehouse.did('POST', `${acme.path}/removed-members/${gone.memberId}/readmit`);
    expect((await arrive(email)).text).toContain('link_required');
    await expect(gatehouse.did('POST', `${acme.path}/members`, { email })).resolves.toMatchObject({ email });
  });

  it('comes back by an invitation, and no colleague is let in by it [TEN-11] [TEN-5]', async () => {
    const email = 'back@acme.example';
    const before = await signIn(gatehouse, acme, email);
    await gatehouse.did('DELETE', memberPath(before));
    await gatehouse.did('POST', `${acme.path}/invitations`, { email: 'hire@acme.example', role: 'admin' });
    expect((await arrive('hire@acme.example', email)).text).toContain('member_removed');
    await gatehouse.did('POST', `${acme.path}/invitations`, { email, role: 'viewer' });
    expect((await arrive(email)).text).toContain('link_required');
    const browser = acme.openBrowser();
    await browser.get(await new PostOffice(gatehouse).linkTo(email));
    await browser.press('Continue');
    const after = await signIn(gatehouse, acme, email);
    expect(after.memberId).not.toBe(before.memberId);
    await expect(gatehouse.did('GET', memberPath(after))).resolves.toMatchObject({
      email,
      role: 'viewer',
      linked: true,
    });
  });
});

describe('a suspended member', () => {
  it('is out until it is taken back, by whichever way', async () => {
    const email = 'pause@acme.example';
    const paused = await signIn(gatehouse, acme, email);
    await expect(gatehouse.did('POST', `${memberPath(paused)}/suspend`)).resolves.toHaveProperty(
      'suspendedAt',
    );
    expect((await paused.call('GET', 'me')).status).toBe(401);
    expect((await arrive(email)).text).toContain('member_suspended');
    const back = await gatehouse.did('POST', `${memberPath(paused)}/unsuspend`);
    expect(back).not.toHaveProperty('suspendedAt');
    expect((await paused.call('GET', 'me')).status).toBe(401);
    await signIn(gatehouse, acme, email);
  });

  it('counts for nothing where an owner must be left [TEN-2]', async () => {
    await gatehouse.did('POST', 'tenants', { slug: 'duo', name: 'Duo' });
    const owners = [];
    for (const email of ['a@duo.example', 'b@duo.example'])
      owners.push(text((await gatehouse.did('POST', 'tenants/duo/members', { email, role: 'owner' }))['id']));
    const [first, second] = owners.map((id) => `tenants/duo/members/${id}`);
    await gatehouse.did('POST', `${first}/suspend`);
    for (const [method, path, body] of [
      ['POST', `${second}/suspend`, undefined],
      ['DELETE', second ?? '', undefined],
      ['PATCH', second ?? '', { role: 'admin' }],
    ] as const) {
      const answer = await gatehouse.api(method, path, body);
      expect([answer.status, answer.body['code']]).toEqual([409, 'last_owner']);
    }
  });
});

describe('a new member', () => {
  it.each([
    ['by JIT, on SSO', true, 'sso'],
    ['by JIT, as the tenant has it for others', false, 'inherit'],
  ])('starts %s [ENF-7]', async (_, newMembersOnSso, expected) => {
    const { id } = await gatehouse.did('GET', acme.path);
    await gatehouse.database.app.transaction(async (manager) => {
      await manager.query(`SELECT set_config('gatehouse.tenant', $1, true)`, [id]);
      const sql = 'UPDATE tenants SET policy = policy || $2::jsonb WHERE id = $1';
      await manager.query(sql, [id, JSON.stringify({ newMembersOnSso })]);
    });
    const caller = await signIn(gatehouse, acme, `starts-${expected}@acme.example`);
    const ofApi = await gatehouse.did('POST', `${acme.path}/members`, {
      email: `api-${expected}@acme.example`,
    });
    const outside = await gatehouse.did('POST', `${acme.path}/members`, {
      email: `${expected}@mail.example`,
    });
    expect((await gatehouse.did('GET', memberPath(caller)))['sso']).toBe(expected);
    expect([ofApi['sso'], outside['sso']]).toEqual([expected, 'inherit']);
  });
});

describe('the list of members', () => {
  async function emails(query: string): Promise<unknown[]> {
    const { items, total, totalIsExact } = await gatehouse.did('GET', `tenants/listed/members?${query}`);
    expect([total, totalIsExact]).toEqual([asArray(items).length, true]);
    return asArray(items).map((item) => asRecord(item)['email']);
  }

  beforeAll(async () => {
    await Organisation.setUp(gatehouse, 'listed');
    const add = (body: object) => gatehouse.did('POST', 'tenants/listed/members', body);
    await add({ email: 'Carl@mail.example', name: 'Zoe Z', role: 'viewer' });
    await add({ email: 'anna@mail.example', name: 'Carla', sso: 'password' });
    const { id } = await add({ email: 'bob@mail.example' });
    await gatehouse.did('POST', `tenants/listed/members/${text(id)}/suspend`);
  });

  it('is narrowed, searched and ordered as asked, and shows links and the last sign-in [TEN-7]', async () => {
    const listed = new Organisation(gatehouse, 'listed');
    const owner = listed.owner;
    await expect(emails('sort=email')).resolves.toEqual([
      'anna@mail.example',
      'bob@mail.example',
      'Carl@mail.example',
      owner,
    ]);
    await expect(emails('role=viewer')).resolves.toEqual(['Carl@mail.example']);
    await expect(emails('sso=password')).resolves.toEqual(['anna@mail.example']);
    await expect(emails('suspended=true')).resolves.toEqual(['bob@mail.example']);
    await expect(emails('suspended=false&role=member')).resolves.toEqual(['anna@mail.example']);
    await expect(emails('q=CARL&sort=email')).resolves.toEqual(['anna@mail.example', 'Carl@mail.example']);
    await expect(emails('q=%25')).resolves.toEqual([]);
    await expect(emails('exempt=true')).resolves.toEqual([]);
    await expect(emails('linked=true')).resolves.toEqual([]);
    const ada = await signIn(gatehouse, acme, 'ada@acme.example');
    const { items } = await gatehouse.did('GET', `${acme.path}/members?q=ada@&linked=true`);
    expect(asArray(items)).toMatchObject([
      {
        id: ada.memberId,
        linked: true,
        links: [{ connectionId: acme.connection }],
        lastSignIn: { via: 'saml' },
      },
    ]);
  });

  it('goes on where it ended, in the same order only [TEN-7]', async () => {
    const slices: unknown[] = [];
    for (let after = ''; ;) {
      const slice = await gatehouse.did('GET', `tenants/listed/members?sort=email&limit=1${after}`);
      slices.push(...asArray(slice['items']).map((item) => asRecord(item)['email']));
      if (slice['next'] === undefined) break;
      after = `&after=${text(slice['next'])}`;
    }
    expect(slices).toEqual(await emails('sort=email'));
    const { next } = await gatehouse.did('GET', 'tenants/listed/members?sort=email&limit=1');
    for (const query of [
      `sort=created&after=${text(next)}`,
      'after=mem_1',
      'sort=name',
      'linked=maybe',
      'limit=1000',
    ]) {
      const answer = await gatehouse.api('GET', `tenants/listed/members?${query}`);
      expect([query, answer.status, answer.body['code']]).toEqual([query, 400, 'validation_failed']);
    }
  });
});
