import type { SsoSession } from '../src/index.ts';
import { isSsoError, safeReturnPath, SsoError } from '../src/index.ts';
import { anSso, cookieSecret } from './an-sso.ts';

const server = { url: 'https://sso.example' };
const aSession = (change: Partial<SsoSession> = {}): SsoSession => ({
  id: 's1',
  sid: 'ses_1',
  user: { id: 'user_1', email: 'ada@acme.example', role: 'member', groups: [], attributes: {} },
  tenant: { id: 'ten_1', slug: 'acme', name: 'Acme' },
  via: 'saml',
  amr: [],
  authTime: Math.floor(Date.now() / 1000),
  sessionExpiresAt: Math.floor(Date.now() / 1000) + 60,
  ...change,
});

describe('a sealed session', () => {
  it('is read without asking the server, and its text shows nothing [APP-4]', async () => {
    const fetch = () => Promise.reject(new Error('no network'));
    const sso = anSso(server, { fetch });
    const sealed = await sso.session.seal(aSession({ userId: '42' }));
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('ada');
    expect(await sso.session.read(sealed)).toMatchObject({
      userId: '42',
      user: { email: 'ada@acme.example' },
    });
  });

  it('does not open once any character of it was changed [APP-4]', async () => {
    const sso = anSso(server);
    const sealed = await sso.session.seal(aSession());
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(await sso.session.read(changed)).toBeUndefined();
    }
    expect(await sso.session.read(`${sealed}=`)).toBeUndefined();
    expect(await sso.session.read(undefined)).toBeUndefined();
  });

  it('is over at the second it says [SES-1]', async () => {
    const end = aSession().sessionExpiresAt;
    const at = (seconds: number) => anSso(server, { now: () => new Date(seconds * 1000) });
    const sealed = await at(end).session.seal(aSession({ sessionExpiresAt: end }));
    expect(await at(end - 1).session.read(sealed)).toBeDefined();
    expect(await at(end).session.read(sealed)).toBeUndefined();
  });

  it('counts for its own tenant only [SES-2]', async () => {
    const sso = anSso(server);
    const sealed = await sso.session.seal(aSession());
    expect(await sso.session.read(sealed, { tenant: 'acme' })).toBeDefined();
    expect(await sso.session.read(sealed, { tenant: 'ten_1' })).toBeDefined();
    expect(await sso.session.read(sealed, { tenant: 'globex' })).toBeUndefined();
    expect(await sso.session.read(sealed, { tenant: '' })).toBeUndefined();
  });

  it('outlives a change of the secret while the old one is still listed [APP-4]', async () => {
    const sealed = await anSso(server).session.seal(aSession());
    const fresh = 'b'.repeat(40);
    expect(await anSso(server, { cookieSecret: [fresh, cookieSecret] }).session.read(sealed)).toBeDefined();
    expect(await anSso(server, { cookieSecret: fresh }).session.read(sealed)).toBeUndefined();
  });

  it('lets go of the ID token when a cookie could not hold it, and refuses what cannot fit [APP-4]', async () => {
    const sso = anSso(server);
    const lean = await sso.session.read(await sso.session.seal(aSession({ idToken: 'x'.repeat(4000) })));
    expect(lean).toBeDefined();
    expect(lean?.idToken).toBeUndefined();
    const groups = Array.from({ length: 400 }, (_, at) => `a-long-group-${at}`);
    const crowded = aSession({ user: { ...aSession().user, groups } });
    await expect(sso.session.seal(crowded)).rejects.toMatchObject({ code: 'validation_failed' });
  });
});

describe('a path to return to', () => {
  it.each(['/', '/reports?y=1#top', '/a/%2f%2fb', '/ünï'])('may be %j [APP-4]', (path) => {
    expect(safeReturnPath(path)).toBe(
      new URL(path, 'https://app.example').href.slice('https://app.example'.length),
    );
  });

  it.each([
    ...['//evil.example', '/\\evil.example', '\\\\evil.example', '/.//evil.example', '/a/..//evil.example'],
    ...[
      '/\t/evil.example',
      '/\n/evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      'evil',
      '',
      ' /a',
    ],
    ...['/\u0000', '/\u0085', `/${'a'.repeat(3000)}`],
  ])('must not be %j [APP-4]', (path) => {
    expect(safeReturnPath(path)).toBeUndefined();
  });
});

it('knows an SsoError of another copy of the package by its brand [APP-4]', async () => {
  await jest.isolateModulesAsync(async () => {
    const copy = await import('../src/sso-error.ts');
    const foreign = new copy.SsoError('conflict', 'x');
    expect(foreign).not.toBeInstanceOf(SsoError);
    expect(isSsoError(foreign, 'conflict')).toBe(true);
    expect(isSsoError(foreign, 'not_found')).toBe(false);
  });
  expect(isSsoError(new Error('x'))).toBe(false);
  expect(isSsoError({ code: 'conflict' })).toBe(false);
});
