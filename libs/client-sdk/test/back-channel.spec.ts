import type { RevocationStore, SsoSession } from '../src/index.ts';
import { anSso } from './an-sso.ts';
import { FakeIssuer, type Signing } from './fake-issuer.ts';

let issuer: FakeIssuer;
beforeEach(async () => {
  issuer = await FakeIssuer.start();
});
afterEach(() => issuer.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const aSession = (sid = 'ses_1'): SsoSession => ({
  id: 's1',
  sid,
  user: { id: 'user_1', email: 'ada@acme.example', role: 'member', groups: [], attributes: {} },
  tenant: { id: 'ten_1', slug: 'acme', name: 'Acme' },
  ...{ via: 'saml', amr: [], authTime: seconds(), sessionExpiresAt: seconds() + 3600 },
});

const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code: expect.stringContaining(code), message: expect.stringMatching(message) });

describe('a logout token', () => {
  it.each(['ES256', 'RS256'] as const)(
    'signed with %s ends the session that it names at once, and no other [SES-3] [APP-1]',
    async (signing) => {
      issuer.signing = signing;
      const sso = anSso(issuer, { sessionCheck: false });
      await expect(sso.session.check(aSession())).resolves.toEqual(aSession());
      await expect(sso.backChannel.logout(issuer.logoutToken())).resolves.toEqual({
        sid: 'ses_1',
        userId: 'user_1',
      });
      await expect(sso.session.check(aSession())).resolves.toBeUndefined();
      await expect(sso.session.check(aSession('ses_2'))).resolves.toEqual(aSession('ses_2'));
    },
  );

  it.each([
    ['for another application', { aud: 'app_2' }, {}, /aud/],
    ['of another issuer', { iss: 'https://evil.example/oidc' }, {}, /iss/],
    ['that is over', { exp: seconds() - 61 }, {}, /over/],
    ['without an end', { exp: undefined }, {}, /exp/],
    ['from the future', { iat: seconds() + 300 }, {}, /iat/],
    ['that was made long ago, whatever its end', { iat: seconds() - 200, exp: seconds() + 9999 }, {}, /iat/],
    ['of another type', {}, { typ: 'JWT' }, /typ/],
    ['without a type', {}, { typ: undefined }, /typ/],
    ['without events', { events: undefined }, {}, /events/],
    ['of another event', { events: { 'http://schemas.openid.net/event/other': {} } }, {}, /events/],
    [
      'whose event is no object',
      { events: { 'http://schemas.openid.net/event/backchannel-logout': 1 } },
      {},
      /events/,
    ],
    ['with a nonce, as an ID token has', { nonce: 'n' }, {}, /nonce/],
    ['with an empty nonce', { nonce: null }, {}, /nonce/],
    ['without a session', { sid: undefined }, {}, /sid/],
    ['without a name of its own', { jti: undefined }, {}, /jti/],
    ['with an extension', {}, { crit: ['exp'] }, /extension/],
  ])('%s ends nothing [SES-3] [APP-1]', async (_, claims, header, message) => {
    const sso = anSso(issuer, { sessionCheck: false });
    const token = issuer.logoutToken(claims, header);
    await expect(sso.backChannel.logout(token)).rejects.toEqual(refusal('token_', message));
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
  });

  it.each(['none', 'HS256'] satisfies Signing[])('signed with %s ends nothing [APP-1]', async (signing) => {
    issuer.signing = signing;
    const sso = anSso(issuer, { sessionCheck: false });
    await expect(sso.backChannel.logout(issuer.logoutToken())).rejects.toEqual(
      refusal('token_invalid', /algorithm/),
    );
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
  });

  it('signed with a key that is not published, or altered, ends nothing [APP-1]', async () => {
    const sso = anSso(issuer, { sessionCheck: false });
    const [head, , mark] = issuer.logoutToken().split('.');
    const [, body] = issuer.logoutToken({ sid: 'ses_2' }).split('.');
    await expect(sso.backChannel.logout(`${head}.${body}.${mark}`)).rejects.toEqual(
      refusal('token_invalid', /signature/),
    );
    issuer.rotate({ publish: false });
    await expect(sso.backChannel.logout(issuer.logoutToken())).rejects.toEqual(
      refusal('token_invalid', /no key/),
    );
    for (const sid of ['ses_1', 'ses_2']) expect(await sso.session.check(aSession(sid))).toBeDefined();
  });

  it.each(['', 'a.b', 'a.b.c.d', '{}', 'a'.repeat(5000)])('is not %j [APP-1]', async (text) => {
    await expect(anSso(issuer).backChannel.logout(text)).rejects.toEqual(
      refusal('token_invalid', /signed token/),
    );
  });

  it('counts once [SES-3]', async () => {
    const sso = anSso(issuer, { sessionCheck: false });
    const token = issuer.logoutToken();
    await sso.backChannel.logout(token);
    await expect(sso.backChannel.logout(token)).rejects.toEqual(refusal('token_invalid', /before/));
    await expect(sso.backChannel.logout(issuer.logoutToken())).resolves.toMatchObject({ sid: 'ses_1' });
  });

  it('is remembered until no session of then is left, and no longer [SES-1] [SES-3]', async () => {
    let later = 0;
    const now = () => new Date(Date.now() + later);
    const sso = anSso(issuer, { sessionCheck: false, now });
    await sso.backChannel.logout(issuer.logoutToken());
    later = 24 * 3_600_000 + 60_000;
    await expect(sso.session.check(aSession())).resolves.toBeUndefined();
    later = 26 * 3_600_000;
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
  });
});

describe('a store of revocations of your own', () => {
  it('makes what one process heard count in another [SES-3]', async () => {
    const shared = new Map<string, Date>();
    const revocations: RevocationStore = {
      add: async (key, until) => void shared.set(key, until),
      has: async (key) => shared.has(key),
    };
    const [one, two] = [
      anSso(issuer, { sessionCheck: false, revocations }),
      anSso(issuer, { sessionCheck: false, revocations }),
    ];
    const token = issuer.logoutToken();
    await one.backChannel.logout(token);
    await expect(two.session.check(aSession())).resolves.toBeUndefined();
    await expect(two.backChannel.logout(token)).rejects.toEqual(refusal('token_invalid', /before/));
  });

  it('tells of its own faults [APP-4]', async () => {
    const broken = () => Promise.reject(new Error('redis is away'));
    const sso = anSso(issuer, { revocations: { add: broken, has: broken } });
    await expect(sso.session.check(aSession())).rejects.toThrow('redis is away');
  });
});
