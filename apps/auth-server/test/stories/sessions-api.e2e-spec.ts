import { LogoutNotices, sessionId, tenantId } from '@gatehouse/core';
import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { signIn, signInAs, type ApiCaller } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0';

let gatehouse: Gatehouse;
let acme: Organisation;
let beta: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;
let owner: ApiCaller;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  [acme, beta] = [await Organisation.setUp(gatehouse, 'acme'), await Organisation.setUp(gatehouse, 'beta')];
  application = await gatehouse.application();
  owner = await signInAs(gatehouse, acme, 'owner');
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Signed in to the application in this browser, as the SDK sees it. */
async function atApplication(email: string, userAgent = firefox) {
  const { sso, redirectUri } = application;
  const started = await sso.signIn.start({ redirectUri, tenant: 'acme' });
  const browser = new HttpBrowser({
    follow: (next) => next.startsWith(gatehouse.url),
    headers: { 'user-agent': userAgent },
  });
  const question = acme.idp.readRedirect(text((await browser.get(started.url)).location));
  const page = await acme.answer({ browser, question }, person(email));
  const { session } = await sso.signIn.finish({ ...started, callbackUrl: text(page.location), redirectUri });
  return session;
}

async function list(caller: ApiCaller, path = `${acme.path}/sessions`) {
  const { items } = await caller.did('GET', path);
  return asArray(items).map(asRecord);
}

const idsOf = (sessions: readonly Readonly<Record<string, unknown>>[]) => sessions.map(({ id }) => id);

function check(sid: string, { id, secret } = application): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const init = { method: 'POST', headers: { authorization }, body: new URLSearchParams({ sid }) };
  return fetch(`${gatehouse.url}/oidc/session-check`, init);
}

describe('the list of sessions', () => {
  it('shows an admin who is signed in, how, with what, from where, since when and until when [SES-3]', async () => {
    const { sid, user } = await atApplication('ada@acme.example');
    const shown = (await list(owner)).find(({ id }) => id === sid);
    expect(shown).toMatchObject({
      ...{ memberId: user.memberId, userId: user.id, email: 'ada@acme.example', name: 'Ben Example' },
      ...{ via: 'saml', connectionId: acme.connection, connectionLabel: 'Company sign-in' },
      ...{ breakGlass: false, device: 'Firefox, Linux', address: '127.0.0.1', current: false },
    });
    const [since, until] = [text(shown?.['createdAt']), text(shown?.['expiresAt'])].map(Date.parse);
    expect(Number(until) - Number(since)).toBeGreaterThan(0);
    expect(JSON.stringify(shown)).not.toContain('Gecko');
  });

  it('marks the session that one calls with, and shows nothing of its own making [SES-3]', async () => {
    const odd = await atApplication('bea@acme.example', '<script>alert(1)</script>');
    const sessions = await list(owner);
    expect(sessions.filter(({ current }) => current).map(({ memberId }) => memberId)).toEqual([
      owner.memberId,
    ]);
    expect(sessions.find(({ id }) => id === odd.sid)?.['device']).toBeUndefined();
    expect(JSON.stringify(sessions)).not.toContain('<script>');
  });

  it('comes page by page, and of one member [SES-3]', async () => {
    const opened = [];
    for (let index = 0; index < 3; index += 1) opened.push(await atApplication('cleo@acme.example'));
    const memberId = opened[0]?.user.memberId ?? '';
    const newestFirst = opened.map(({ sid }) => sid).toReversed();
    expect(idsOf(await list(owner, `${acme.path}/members/${memberId}/sessions`))).toEqual(newestFirst);
    expect(idsOf(await list(owner, `${acme.path}/sessions?member=${memberId}`))).toEqual(newestFirst);
    const first = await owner.did('GET', `${acme.path}/sessions?member=${memberId}&limit=2`);
    const rest = await list(owner, `${acme.path}/sessions?member=${memberId}&after=${text(first['next'])}`);
    expect([...idsOf(asArray(first['items']).map(asRecord)), ...idsOf(rest)]).toEqual(newestFirst);
  });

  it.each(['member', 'viewer'] as const)(
    "shows a %s one's own and nobody else's [SES-3] [TEN-3]",
    async (role) => {
      const caller = await signInAs(gatehouse, acme, role);
      const { sid, user } = await atApplication('dora@acme.example');
      const sessions = await list(caller);
      expect(new Set(sessions.map(({ memberId }) => memberId))).toEqual(new Set([caller.memberId]));
      expect(idsOf(await list(caller, `${acme.path}/members/${caller.memberId}/sessions`))).toEqual(
        idsOf(sessions),
      );
      for (const [method, path] of [
        ['GET', `${acme.path}/members/${user.memberId}/sessions`],
        ['GET', `${acme.path}/sessions?member=${user.memberId}`],
        ['DELETE', `${acme.path}/members/${user.memberId}/sessions`],
        ['DELETE', `${acme.path}/sessions/${sid}`],
      ] as const)
        expect((await caller.call(method, path)).status).toBe(404);
      expect(await caller.call('DELETE', `${acme.path}/sessions?confirm=acme`)).toMatchObject({
        status: 403,
        body: { code: 'not_an_admin' },
      });
      expect(await (await check(sid)).json()).toMatchObject({ active: true });
    },
  );

  it.each(['?limit=0', '?limit=201', '?member=mem_1', '?member=x', `?after=${'a'.repeat(65)}`])(
    'refuses %s with a reason [SES-3]',
    async (query) => {
      const answer = await owner.call('GET', `${acme.path}/sessions${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    },
  );
});

describe('ending sessions', () => {
  it('says who did it, and finds nothing a second time [SES-3] [AUD-1]', async () => {
    const { sid } = await atApplication('emil@acme.example');
    expect((await owner.call('DELETE', `${acme.path}/sessions/${sid}`)).status).toBe(204);
    expect(await owner.call('DELETE', `${acme.path}/sessions/${sid}`)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    const entry = (await gatehouse.audit('acme')).find((each) => each['subject'] === sid);
    expect(entry).toMatchObject({ type: 'session.ended', actor: { kind: 'member', id: owner.memberId } });
  });

  it('of everybody asks for the name of the organisation, and ends nothing without it [SES-3]', async () => {
    const { sid } = await atApplication('finn@acme.example');
    for (const query of ['', '?confirm=', '?confirm=beta', '?confirm=ACME', '?confirm=acme&confirm=acme'])
      expect(await owner.call('DELETE', `${acme.path}/sessions${query}`)).toMatchObject({ status: 400 });
    expect(await (await check(sid)).json()).toMatchObject({ active: true });
  });

  it('of another organisation is the same as of none [SES-3] [SEC-3]', async () => {
    const { sid, user } = await atApplication('gina@acme.example');
    const stranger = await signInAs(gatehouse, beta, 'owner');
    const nobody = `ses_${'0'.repeat(26)}`;
    const [foreign, absent] = [
      await stranger.call('DELETE', `${beta.path}/sessions/${sid}`),
      await stranger.call('DELETE', `${beta.path}/sessions/${nobody}`),
    ];
    const { got: _, instance: _i, ...said } = { got: 0, instance: 0, ...foreign.body };
    expect(absent.body).toMatchObject(said);
    expect((await stranger.call('GET', `${beta.path}/members/${user.memberId}/sessions`)).status).toBe(404);
    expect(await list(stranger, `${beta.path}/sessions?member=${user.memberId}`)).toEqual([]);
    expect(await (await check(sid)).json()).toMatchObject({ active: true });
  });

  it("by a member of one's own leaves the others alone [SES-3]", async () => {
    const caller = await signIn(gatehouse, acme, 'hana@acme.example');
    const { sid } = await atApplication('hana@acme.example');
    const bystander = await atApplication('ivo@acme.example');
    expect(await caller.did('DELETE', `${acme.path}/members/${caller.memberId}/sessions`)).toEqual({
      ended: 2,
    });
    expect(await (await check(sid)).json()).toEqual({ active: false });
    expect(await (await check(bystander.sid)).json()).toMatchObject({ active: true });
    expect((await caller.call('GET', 'me')).status).toBe(401);
  });
});

describe('an application that asks about a session', () => {
  it('hears whether it stands, with the role of now [SES-3] [TEN-4] [APP-1]', async () => {
    const { sid, user } = await atApplication('jana@acme.example');
    const { sessionExpiresAt: exp } = await atApplication('jana@acme.example');
    const answer = await check(sid);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const said = asRecord(await answer.json());
    expect(said).toMatchObject({ active: true, sub: user.id, role: 'member' });
    expect(Math.abs(Number(said['exp']) - exp)).toBeLessThan(600);
    await gatehouse.did('PATCH', `${acme.path}/members/${user.memberId}`, { role: 'viewer' });
    expect(await (await check(sid)).json()).toMatchObject({ active: true, role: 'viewer' });
    await gatehouse.did('POST', `${acme.path}/members/${user.memberId}/suspend`);
    expect(await (await check(sid)).json()).toEqual({ active: false });
  });

  it('hears nothing of the sessions of other applications, nor of what is none [SEC-3] [APP-1]', async () => {
    const { sid } = await atApplication('kim@acme.example');
    const other = await gatehouse.application('http://localhost:10');
    expect(await (await check(sid, other)).json()).toEqual({ active: false });
    for (const text of [`ses_${'0'.repeat(26)}`, 'x', '', "ses_' OR 1=1"])
      expect(await (await check(text)).json()).toEqual({ active: false });
  });

  it.each([
    ['no secret', () => undefined, 'credential_missing'],
    ['a wrong secret', () => `${application.id}:wrong`, 'credential_invalid'],
    ['an unknown application', () => `app_${'0'.repeat(26)}:${application.secret}`, 'credential_invalid'],
    ['no application at all', () => `:${application.secret}`, 'credential_invalid'],
    ['an empty secret of an unknown application', () => `app_${'0'.repeat(26)}:`, 'credential_invalid'],
  ])('proves itself first: %s is refused [APP-1] [APP-3]', async (_, credentials, code) => {
    const plain = credentials();
    const authorization = plain === undefined ? undefined : `Basic ${Buffer.from(plain).toString('base64')}`;
    const answer = await fetch(`${gatehouse.url}/oidc/session-check`, {
      method: 'POST',
      headers: authorization === undefined ? {} : { authorization },
      body: new URLSearchParams({ sid: 'x' }),
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('is not answered with a page or a fault for what is no question [APP-3]', async () => {
    const authorization = `Basic ${Buffer.from(`${application.id}:${application.secret}`).toString('base64')}`;
    for (const body of ['', 'sid=a&sid=b', `sid=${'a'.repeat(65)}`, 'sid=%00'])
      expect(
        (
          await fetch(`${gatehouse.url}/oidc/session-check`, {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
            body,
          })
        ).status,
      ).toBe(400);
    expect((await fetch(`${gatehouse.url}/oidc/session-check`, { headers: { authorization } })).status).toBe(
      404,
    );
  });
});

describe('where an application is told of ended sessions', () => {
  const made = (backchannelLogoutUri: unknown) =>
    gatehouse.api('PATCH', `applications/${application.id}`, { backchannelLogoutUri });

  it.each(['https://shop.example/ended?x=1', 'http://localhost:3010/ended', null])(
    'may be %j [APP-1]',
    async (uri) => {
      const answer = await made(uri);
      expect([answer.status, answer.body['backchannelLogoutUri'] ?? null]).toEqual([200, uri]);
    },
  );

  it.each([
    ...[
      'http://shop.example/ended',
      'https://shop.example/#ended',
      'https://ada:secret@shop.example/',
      '/ended',
    ],
    ...['javascript:alert(1)', '', 'https://*.shop.example/', 7],
  ])('must not be %j [APP-1] [SEC-2]', async (uri) => {
    expect(await made(uri)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('must not be longer than 2,000 characters [APP-1]', async () => {
    expect((await made(`https://shop.example/${'a'.repeat(2000)}`)).status).toBe(400);
  });

  it('stays while another address is changed, and leaves a trace that names both [APP-1] [AUD-1]', async () => {
    await made('https://shop.example/ended');
    const path = `applications/${application.id}`;
    await gatehouse.did('PATCH', path, { initiateLoginUri: 'https://shop.example/begin' });
    const { items } = await gatehouse.did('GET', 'applications/audit');
    const after = {
      initiateLoginUri: 'https://shop.example/begin',
      backchannelLogoutUri: 'https://shop.example/ended',
    };
    expect(asRecord(asRecord(asArray(items)[0])['data'])['after']).toMatchObject(after);
    expect((await gatehouse.api('PATCH', path, {})).status).toBe(400);
  });

  it('is shown to the operator with what waits for it, and why [SES-3]', async () => {
    await made('https://shop.example/ended');
    const { sid } = await atApplication('lena@acme.example');
    await gatehouse.did('DELETE', `${acme.path}/sessions/${sid}`);
    const { id: tenant } = await gatehouse.did('GET', acme.path);
    const notices = gatehouse.app.get(LogoutNotices);
    // As the worker does it, for whom the application then is not there.
    await notices.raise(tenantId.parse(tenant), sessionId.parse(sid), new Date());
    const [notice] = await notices.claimAnywhere(1, new Date());
    if (!notice) throw new Error('The application has something to hear.');
    await notices.failed(notice, { error: 'network_timeout', againAt: new Date('2100-01-01T00:00:00Z') });
    expect(await gatehouse.did('GET', `applications/${application.id}/logout-notices`)).toEqual({
      items: [
        { sessionId: sid, attempts: 1, dueAt: '2100-01-01T00:00:00.000Z', lastError: 'network_timeout' },
      ],
    });
    expect((await owner.call('GET', `applications/${application.id}/logout-notices`)).status).toBe(403);
  });
});
