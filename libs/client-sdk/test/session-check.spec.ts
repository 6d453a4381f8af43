import type { SsoOptions, SsoSession } from '../src/index.ts';
import { anSso } from './an-sso.ts';
import { FakeIssuer } from './fake-issuer.ts';

let issuer: FakeIssuer;
let later = 0;
beforeEach(async () => {
  issuer = await FakeIssuer.start();
  later = 0;
});
afterEach(() => issuer.stop());

const minute = 60_000;
// It stands still unless a test moves it.
const start = Date.now();
const now = () => new Date(start + later);
const checking = (options: SsoOptions = {}, at: Pick<FakeIssuer, 'url'> = issuer) =>
  anSso(at, { now, ...options });
const aSession = (sid = 'ses_1'): SsoSession => ({
  id: 's1',
  sid,
  user: { id: 'user_1', email: 'ada@acme.example', role: 'member', groups: [], attributes: {} },
  tenant: { id: 'ten_1', slug: 'acme', name: 'Acme' },
  ...{ via: 'saml', amr: [], authTime: 0, sessionExpiresAt: 2e9 },
});
const asked = () => issuer.requests.filter((path) => path === '/oidc/session-check').length;
const ended = () => ({ status: 200, body: { active: false } });

describe('whether a session still stands', () => {
  it('is asked once a minute for each session, however many requests come [SES-3] [APP-4]', async () => {
    const sso = checking();
    for (let round = 0; round < 5; round += 1) await sso.session.check(aSession());
    expect(asked()).toBe(1);
    await sso.session.check(aSession('ses_2'));
    expect(asked()).toBe(2);
    later = minute - 1000;
    await sso.session.check(aSession());
    expect(asked()).toBe(2);
    later = minute + 1000;
    await sso.session.check(aSession());
    expect(asked()).toBe(3);
  });

  it('is asked once for all requests that wait for the answer [APP-4]', async () => {
    issuer.sessionCheck = () => ({ status: 200, body: { active: true, sub: 'user_1' }, delay: 50 });
    const sso = checking();
    const answers = await Promise.all(Array.from({ length: 8 }, () => sso.session.check(aSession())));
    expect(answers.every((answer) => answer !== undefined)).toBe(true);
    expect(asked()).toBe(1);
  });

  it('takes effect within a minute of its end, without any logout token [SES-3]', async () => {
    const sso = checking();
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
    issuer.sessionCheck = ended;
    later = minute;
    await expect(sso.session.check(aSession())).resolves.toBeUndefined();
  });

  it('is asked as often as the application says, or never [SES-3]', async () => {
    const often = checking({ sessionCheck: { everySeconds: 5 } });
    const never = checking({ sessionCheck: false });
    issuer.sessionCheck = ended;
    await expect(never.session.check(aSession())).resolves.toBeDefined();
    expect(asked()).toBe(0);
    await often.session.check(aSession());
    later = 5_000;
    await often.session.check(aSession());
    expect(asked()).toBe(2);
  });

  it('is told with the role of now [TEN-4]', async () => {
    const sso = checking();
    issuer.sessionCheck = () => ({ status: 200, body: { active: true, sub: 'user_1', role: 'viewer' } });
    await expect(sso.session.check(aSession())).resolves.toMatchObject({ user: { role: 'viewer' } });
  });

  it('is no where the answer is about somebody else [SES-3]', async () => {
    issuer.sessionCheck = () => ({ status: 200, body: { active: true, sub: 'user_2' } });
    await expect(checking().session.check(aSession())).resolves.toBeUndefined();
  });

  it.each([{ everySeconds: 0 }, { everySeconds: -1 }, { graceSeconds: -1 }, { everySeconds: Number.NaN }])(
    'is not asked every %j seconds [APP-4]',
    (sessionCheck) => {
      expect(() => checking({ sessionCheck })).toThrow(/sessionCheck/);
    },
  );
});

describe('while Gatehouse does not answer', () => {
  it('sessions go on for five minutes after the first failure, and no longer [SES-3]', async () => {
    const sso = checking();
    await sso.session.check(aSession());
    issuer.sessionCheck = () => ({ status: 503, body: {} });
    later = minute;
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
    later = 6 * minute - 1000;
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
    later = 6 * minute;
    await expect(sso.session.check(aSession())).resolves.toBeUndefined();
  });

  it('sessions go on again when it does, and the next failure counts anew [SES-3]', async () => {
    const sso = checking();
    issuer.sessionCheck = () => ({ status: 500, body: {} });
    await sso.session.check(aSession());
    later = 10 * minute;
    await expect(sso.session.check(aSession())).resolves.toBeUndefined();
    issuer.sessionCheck = () => ({ status: 200, body: { active: true, sub: 'user_1' } });
    later = 11 * minute;
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
    issuer.sessionCheck = () => ({ status: 500, body: {} });
    later = 12 * minute;
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
  });

  it('it is asked again every ten seconds, not by every request [APP-4]', async () => {
    issuer.sessionCheck = () => ({ status: 500, body: {} });
    const sso = checking();
    for (let round = 0; round < 5; round += 1) await sso.session.check(aSession());
    expect(asked()).toBe(1);
    later = 10_000;
    await sso.session.check(aSession());
    expect(asked()).toBe(2);
  });

  it.each([
    ['a page instead of JSON', 200, 'hello'],
    ['no word about the session', 200, {}],
    ['that the application is unknown', 401, { code: 'credential_invalid' }],
    ['that there is no such address', 404, {}],
  ])('counts the same when it says %s [SES-3]', async (_, status, body) => {
    issuer.sessionCheck = () => ({ status, body });
    const sso = checking({ sessionCheck: { graceSeconds: 30 } });
    await expect(sso.session.check(aSession())).resolves.toBeDefined();
    later = 30_000;
    await expect(sso.session.check(aSession())).resolves.toBeUndefined();
  });

  it('nobody waits for it longer than two seconds [APP-4]', async () => {
    const waits: (number | undefined)[] = [];
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      waits.push(milliseconds);
      return AbortSignal.abort();
    });
    await expect(checking().session.check(aSession())).resolves.toBeDefined();
    timeout.mockRestore();
    expect(waits).toEqual([2_000]);
  });

  it('without any grace nobody is let in whom it does not vouch for [SES-3]', async () => {
    issuer.sessionCheck = () => ({ status: 500, body: {} });
    await expect(
      checking({ sessionCheck: { graceSeconds: 0 } }).session.check(aSession()),
    ).resolves.toBeUndefined();
  });
});
