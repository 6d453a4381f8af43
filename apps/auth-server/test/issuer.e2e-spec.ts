import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { addApplication, furnish, startIssuer, type IssuerServer } from './issuer/issuer-server';
import { Browser, locationOf, redeemCode, refresh, userinfo, type Client } from './issuer/relying-party';

const tokens = z.object({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) });
const issuer = 'https://login.example.com/oidc';

let database: TestDatabase;
let server: IssuerServer;
let client: Client;
let acme: Awaited<ReturnType<typeof furnish>>;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startIssuer(database.url, 'https://login.example.com');
  acme = await furnish(server, 'acme');
  const { application, secret } = await addApplication(server);
  client = { id: application.id, secret };
}, 60_000);

afterAll(async () => {
  await server?.app.close();
  await database?.drop();
});

async function signIn() {
  const session = await acme.open();
  const answer = await redeemCode(server, client, await new Browser(server).signIn(client, session.id));
  return { session, ...tokens.parse(await answer.json()) };
}

it('publishes its addresses from the public URL, whatever Host says [APP-1]', async () => {
  const answer = await new Browser(server).get('/oidc/.well-known/openid-configuration');
  expect(await answer.json()).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    jwks_uri: `${issuer}/jwks`,
    subject_types_supported: ['public'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  });
});

it('exchanges a code for tokens that name the person and the tenant [APP-1]', async () => {
  const { id_token, access_token } = await signIn();
  const jwks = keySet.parse(await (await fetch(`${server.address}/oidc/jwks`)).json());
  expect(JSON.stringify(jwks)).not.toContain('"d"');
  const { payload } = await jwtVerify(id_token, createLocalJWKSet(jwks), { issuer, audience: client.id });
  const said = {
    ...{ sub: acme.person.user.id, email: 'ada@acme.example', email_verified: true, name: 'Ada' },
    tenant: { id: acme.tenant.id, slug: 'acme', name: 'acme', external_id: 'ext-acme' },
    ...{ member_id: acme.person.member.id, role: 'admin', groups: ['staff'], via: 'saml', amr: ['saml'] },
  };
  expect(payload).toMatchObject({ ...said, nonce: 'n1' });
  expect(await (await userinfo(server, access_token)).json()).toMatchObject(said);
});

it('lets one of six parallel redemptions of a code win [APP-2]', async () => {
  const code = await new Browser(server).signIn(client, (await acme.open()).id);
  const answers = await Promise.all(Array.from({ length: 6 }, () => redeemCode(server, client, code)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400, 400]);
});

it.each([
  [
    'a redirect address that is not registered',
    { redirect_uri: 'https://app.example.com/callback/x' },
    'page',
  ],
  ['no PKCE challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['a plain PKCE challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['an implicit response type', { response_type: 'id_token' }, 'unsupported_response_type'],
])('refuses %s [APP-2]', async (_what, change, refusal) => {
  const answer = await new Browser(server).authorize(client, change);
  if (refusal !== 'page') return expect(locationOf(answer)).toMatch(new RegExp(`[?#&]error=${refusal}(&|$)`));
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  return expect(await answer.text()).not.toContain('<style');
});

it('rotates refresh tokens and revokes the family when one is used again [APP-2]', async () => {
  const first = await signIn();
  const second = tokens.parse(await (await refresh(server, client, first.refresh_token)).json());
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await refresh(server, client, first.refresh_token)).status).toBe(400);
  expect((await refresh(server, client, second.refresh_token)).status).toBe(400);
  expect((await userinfo(server, second.access_token)).status).toBe(401);
});

it('answers nothing more for a session that has ended [SES-2]', async () => {
  const { session, access_token, refresh_token } = await signIn();
  expect((await userinfo(server, access_token)).status).toBe(200);
  await acme.end(session);
  expect((await userinfo(server, access_token)).status).toBe(401);
  expect((await refresh(server, client, refresh_token)).status).toBe(400);
});

it('asks again when another tenant is wanted or the session ended, and not otherwise [SES-2]', async () => {
  const browser = new Browser(server);
  const session = await acme.open();
  await browser.signIn(client, session.id);
  expect(locationOf(await browser.authorize(client, { tenant: 'acme' }))).toContain('code=');
  expect(locationOf(await browser.authorize(client, { tenant: acme.tenant.id }))).toContain('code=');
  expect(locationOf(await browser.authorize(client, { tenant: 'other' }))).toMatch(
    /\/login\?interaction=[\w-]{43}$/,
  );
  const silent = await browser.authorize(client, { tenant: 'other', prompt: 'none' });
  expect(locationOf(silent)).toContain('error=login_required');
  await acme.end(session);
  expect(locationOf(await browser.authorize(client))).toMatch(/\/login\?interaction=[\w-]{43}$/);
});

it('signs in again over an earlier session without a page in between [SES-2]', async () => {
  const browser = new Browser(server);
  await browser.signIn(client, (await acme.open()).id);
  const again = await acme.open();
  const code = await browser.signIn(client, again.id, { prompt: 'login' });
  expect((await redeemCode(server, client, code)).status).toBe(200);
});

it('binds its cookies to the host under https, and not in development [SES-6]', async () => {
  const browser = new Browser(server);
  await browser.signIn(client, (await acme.open()).id);
  for (const line of browser.setCookies)
    expect(line).toMatch(
      /^__Host-gatehouse_\w+(\.sig)?=(?=.*; path=\/(;|$))(?=.*; samesite=lax)(?=.*; secure)(?=.*; httponly)/i,
    );
  const local = await startIssuer(database.url, 'http://localhost:3000');
  const plain = new Browser(local);
  await plain.authorize(client);
  await local.app.close();
  expect(plain.setCookies.length).toBeGreaterThan(0);
  for (const line of plain.setCookies) expect(line).toMatch(/^gatehouse_\w+(\.sig)?=(?!.*; secure)/i);
});

it.each(['state', 'nonce', 'login_hint', 'tenant'])('answers a NUL in %s with 400, not 500', async (name) => {
  const browser = new Browser(server);
  const answer = await browser.authorize(client, { [name]: 'a\0b' });
  expect(answer.status).toBeGreaterThanOrEqual(300);
  expect(answer.status).toBeLessThan(500);
});

it('asks browsers for https ever after, and forbids framing, on its own pages too [SEC-2]', async () => {
  const { headers } = await new Browser(server).get('/oidc/session/end');
  expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

it('ends our session when the person signs out at the issuer [SES-2]', async () => {
  const browser = new Browser(server);
  const session = await acme.open();
  const answer = await redeemCode(server, client, await browser.signIn(client, session.id));
  const { access_token, id_token } = tokens.parse(await answer.json());
  const page = await (await browser.get(`/oidc/session/end?id_token_hint=${id_token}`)).text();
  const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? 'none';
  expect(page).not.toMatch(/<script|<style/);
  expect((await userinfo(server, access_token)).status).toBe(200);
  const left = await browser.post('/oidc/session/end/confirm', { xsrf, logout: 'yes' });
  expect(locationOf(left)).toBe(`${issuer}/session/end/success`);
  expect((await userinfo(server, access_token)).status).toBe(401);
});
