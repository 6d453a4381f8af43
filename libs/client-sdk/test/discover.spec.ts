import { anSso } from './an-sso.ts';
import { FakeIssuer } from './fake-issuer.ts';

let issuer: FakeIssuer;
beforeEach(async () => {
  issuer = await FakeIssuer.start();
});
afterEach(() => issuer.stop());

it('says that an address signs in by SSO, and how its button is called [APP-4]', async () => {
  issuer.discovery = (email) => ({
    status: 200,
    body: email.endsWith('@acme.example')
      ? { kind: 'sso', connectionLabel: 'Sign in with SAML' }
      : { kind: 'password' },
  });
  expect(await anSso(issuer).discover('ada@acme.example')).toEqual({
    kind: 'sso',
    connectionLabel: 'Sign in with SAML',
  });
  expect(await anSso(issuer).discover('bob@home.example')).toEqual({ kind: 'password' });
});

it.each([
  ['a fault', { status: 500, body: {} }, 'network'],
  ['a rate limit', { status: 429, body: { code: 'rate_limited' } }, 'rate_limited'],
  ['an answer that makes no sense', { status: 200, body: { kind: 'magic' } }, 'discovery_unavailable'],
  ['an answer that is no object', { status: 200, body: 'hello' }, 'discovery_unavailable'],
])('shows the password field after %s [LOG-2]', async (_name, answer, reason) => {
  issuer.discovery = () => answer;
  expect(await anSso(issuer).discover('ada@acme.example')).toEqual({
    kind: 'password',
    degraded: true,
    reason,
  });
});

it('shows the password field when the server is away [LOG-2]', async () => {
  const away = anSso({ url: 'http://127.0.0.1:1' });
  expect(await away.discover('ada@acme.example')).toEqual({
    kind: 'password',
    degraded: true,
    reason: 'network',
  });
});

it('shows the password field after 1.5 seconds without an answer [LOG-2]', async () => {
  issuer.discovery = () => ({ status: 200, body: { kind: 'sso' }, delay: 5000 });
  const began = Date.now();
  expect(await anSso(issuer).discover('ada@acme.example')).toMatchObject({
    kind: 'password',
    degraded: true,
  });
  expect(Date.now() - began).toBeGreaterThan(1400);
  expect(Date.now() - began).toBeLessThan(2500);
});
