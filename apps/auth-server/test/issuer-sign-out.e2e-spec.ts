import { AuditLog, LiveSessions, Members } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { decodeJwt, SignJWT, generateKeyPair } from 'jose';
import { z } from 'zod';
import { addApplication, furnish, startIssuer, type IssuerServer } from './issuer/issuer-server';
import { Browser, locationOf, redeemCode, refresh, userinfo, type Client } from './issuer/relying-party';

const tokens = z.object({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() });
const issuer = 'https://login.example.com/oidc';
const goodbye = 'https://app.example.com/bye';

let database: TestDatabase;
let server: IssuerServer;
let client: Client;
let acme: Awaited<ReturnType<typeof furnish>>;
let beta: Awaited<ReturnType<typeof furnish>>;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startIssuer(database.url, 'https://login.example.com');
  [acme, beta] = [await furnish(server, 'acme'), await furnish(server, 'beta')];
  const { application, secret } = await addApplication(server, [goodbye]);
  client = { id: application.id, secret };
}, 60_000);

afterAll(async () => {
  await server?.app.close();
  await database?.drop();
});

async function signIn(browser: Browser, { open }: { open: typeof acme.open } = acme) {
  const session = await open();
  const code = await browser.signIn(client, session.id, { prompt: 'login' });
  return { session, ...tokens.parse(await (await redeemCode(server, client, code)).json()) };
}

const isAlive = async (id: string) => (await server.app.get(LiveSessions).find(id)) !== undefined;

const signOut = (browser: Browser, query: Record<string, string>) =>
  browser.get(`/oidc/session/end?${new URLSearchParams(query)}`);

async function confirm(browser: Browser, page: Response) {
  const xsrf = /name="xsrf" value="(\w+)"/.exec(await page.text())?.[1] ?? 'none';
  return browser.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
}

describe('tokens', () => {
  it('name our session, and discovery says that its end is announced [APP-1] [SES-3]', async () => {
    const { session, id_token, access_token, refresh_token } = await signIn(new Browser(server));
    expect(decodeJwt(id_token)['sid']).toBe(session.id);
    expect(await (await userinfo(server, access_token)).json()).toMatchObject({ sid: session.id });
    const again = tokens.parse(await (await refresh(server, client, refresh_token)).json());
    expect(decodeJwt(again.id_token)['sid']).toBe(session.id);
    const discovery = await new Browser(server).get('/oidc/.well-known/openid-configuration');
    expect(await discovery.json()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });
});

describe('signing out with an ID token', () => {
  it('of the organisation before the present one ends that session, and only that [SES-2] [SES-3]', async () => {
    const browser = new Browser(server);
    const [first, second] = [await signIn(browser), await signIn(browser, beta)];
    const query = { id_token_hint: first.id_token, post_logout_redirect_uri: goodbye, state: 's/1' };
    expect(locationOf(await signOut(browser, query))).toBe(`${goodbye}?state=s%2F1`);
    expect([await isAlive(first.session.id), await isAlive(second.session.id)]).toEqual([false, true]);
    expect((await userinfo(server, first.access_token)).status).toBe(401);
    expect((await userinfo(server, second.access_token)).status).toBe(200);
    expect(locationOf(await browser.authorize(client, { tenant: 'beta', prompt: 'none' }))).toContain(
      'code=',
    );
    const [entry] = await server.app.get(AuditLog).list(acme.tenant.id, { limit: 1 });
    expect(entry).toMatchObject({ type: 'session.ended', subject: first.session.id });
    expect(entry?.actor).toEqual({ kind: 'member', id: acme.person.member.id });
  });

  it('of a session that the person has renewed since ends both, for the browser is to be signed out [SES-3]', async () => {
    const browser = new Browser(server);
    const [first, renewed] = [await signIn(browser), await signIn(browser)];
    const query = { id_token_hint: first.id_token, post_logout_redirect_uri: goodbye };
    expect(locationOf(await signOut(browser, query))).toBe(goodbye);
    expect([await isAlive(first.session.id), await isAlive(renewed.session.id)]).toEqual([false, false]);
    const silent = await browser.authorize(client, { prompt: 'none' });
    expect(locationOf(silent)).toContain('error=login_required');
  });

  it('leaves alone whom else of the organisation the browser was handed to since [SES-3]', async () => {
    const browser = new Browser(server);
    const bob = { email: 'bob@acme.example', role: 'member' } as const;
    const by = { actor: { kind: 'operator' }, role: 'operator' } as const;
    const colleague = await server.app.get(Members).add(acme.tenant, bob, by);
    const [first, next] = [
      await signIn(browser),
      await signIn(browser, { open: () => acme.open(colleague) }),
    ];
    await signOut(browser, { id_token_hint: first.id_token });
    expect([await isAlive(first.session.id), await isAlive(next.session.id)]).toEqual([false, true]);
  });

  it('that was signed out before leaves the present session alone, and still leads on [SES-2]', async () => {
    const browser = new Browser(server);
    const [first, second] = [await signIn(browser), await signIn(browser, beta)];
    await acme.end(first.session);
    const left = await signOut(browser, { id_token_hint: first.id_token });
    expect(locationOf(left)).toBe(`${issuer}/session/end/success`);
    expect(await isAlive(second.session.id)).toBe(true);
  });

  it('works in a browser that the issuer knows no more [SES-3]', async () => {
    const { session, id_token } = await signIn(new Browser(server));
    const query = { id_token_hint: id_token, post_logout_redirect_uri: goodbye };
    expect(locationOf(await signOut(new Browser(server), query))).toBe(goodbye);
    expect(await isAlive(session.id)).toBe(false);
  });

  it('of the present session asks first, then ends that one and no other of the person [SES-3]', async () => {
    const [here, there] = [new Browser(server), new Browser(server)];
    const [mine, other] = [await signIn(here), await signIn(there)];
    const page = await signOut(here, { id_token_hint: mine.id_token });
    expect(await isAlive(mine.session.id)).toBe(true);
    expect(locationOf(await confirm(here, page))).toBe(`${issuer}/session/end/success`);
    expect([await isAlive(mine.session.id), await isAlive(other.session.id)]).toEqual([false, true]);
  });

  it.each([
    ['somebody else signed', async () => (await generateKeyPair('ES256')).privateKey],
    ['nobody signed', () => undefined],
  ])('that %s ends nothing [SES-3]', async (_, keyOf) => {
    const browser = new Browser(server);
    const [first, second] = [await signIn(browser), await signIn(browser, beta)];
    const key = await keyOf();
    const claims = decodeJwt(first.id_token);
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const header = Buffer.from('{"alg":"none"}').toString('base64url');
    const forged = key
      ? await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'es256-1' }).sign(key)
      : `${header}.${body}.`;
    expect((await signOut(browser, { id_token_hint: forged })).status).toBe(400);
    expect([await isAlive(first.session.id), await isAlive(second.session.id)]).toEqual([true, true]);
  });

  it('ends nothing and leads nowhere where the address to go on to is not registered [SES-3]', async () => {
    const browser = new Browser(server);
    const [first] = [await signIn(browser), await signIn(browser, beta)];
    const query = { id_token_hint: first.id_token, post_logout_redirect_uri: 'https://evil.example/' };
    expect((await signOut(browser, query)).status).toBe(400);
    expect(await isAlive(first.session.id)).toBe(true);
  });
});

describe('signing in', () => {
  it('makes another session here and at the issuer each time, whatever cookies the browser came with [SES-6]', async () => {
    const browser = new Browser(server);
    const cookie = () => browser.cookies.get('__Host-gatehouse_issuer_session');
    const first = await signIn(browser);
    const fixed = cookie();
    const second = await signIn(browser);
    expect(fixed).toBeDefined();
    expect(cookie()).not.toBe(fixed);
    expect(second.session.id).not.toBe(first.session.id);
    const attacker = new Browser(server);
    for (const [name, value] of [['__Host-gatehouse_issuer_session', fixed ?? '']] as const)
      attacker.cookies.set(name, value);
    const silent = await attacker.authorize(client, { prompt: 'none' });
    expect(locationOf(silent)).toContain('error=login_required');
  });

  it('keeps nothing of a session that was planted before [SES-6]', async () => {
    const [attacker, victim] = [new Browser(server), new Browser(server)];
    await signIn(attacker);
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
    const { session } = await signIn(victim, beta);
    const seen = await attacker.authorize(client, { prompt: 'none' });
    expect(locationOf(seen)).toMatch(/error=login_required/);
    expect(await isAlive(session.id)).toBe(true);
  });
});
