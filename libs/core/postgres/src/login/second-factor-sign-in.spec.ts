import type { Tenant, User } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '../testing';
import { codeOf } from '../testing/authenticator-app';
import { CredentialDesk } from '../testing/credential-desk';
import { aMemberOf, aTenantWith, type GivenMember } from '../testing/given-enforcement';
import { Browser, password, visitor } from '../testing/local-browser';
import { forgetMails } from '../testing/take-mails';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let desk: CredentialDesk;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new CredentialDesk(database.app);
  // The address of these tests is one: how often it may try is told elsewhere.
  await rowsOf(database.app, 'DELETE FROM rate_limits');
  await forgetMails(database.app);
});
afterAll(() => database.drop());

async function aPersonOf(tenant: Tenant, given: GivenMember = {}) {
  const person = await aMemberOf(database.app, tenant, given);
  await desk.givePassword(person.user, password);
  return person;
}

const open = () => aTenantWith(database.app, { sso: 'off' });
const strict = () => aTenantWith(database.app, { sso: 'required' });

async function alsoMemberOf(tenant: Tenant, { email }: User, given: GivenMember = {}) {
  return aMemberOf(database.app, tenant, { ...given, email });
}

describe('a second factor', () => {
  it('is asked for after a password, before anything is said of organisations [LOG-6]', async () => {
    const { user } = await aPersonOf(await strict());
    await alsoMemberOf(await open(), user);
    const code = await desk.giveTotp(user);
    const elsewhere = await open();
    for (const tenantId of [undefined, elsewhere.id])
      await expect(
        new Browser(desk).enter(user.email, password, { ...(tenantId && { tenantId }) }),
      ).resolves.toEqual({ kind: 'second-factor', enrolled: ['totp'] });
    const browser = new Browser(desk);
    await browser.enter(user.email);
    await expect(browser.step({ kind: 'tenant', tenantId: elsewhere.id })).resolves.toMatchObject({
      kind: 'second-factor',
    });
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toEqual({ kind: 'no-access' });
  });

  it('opens the session with what was proven [LOG-6]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email);
    await expect(
      browser.step({ kind: 'totp', code: ` ${code().slice(0, 3)} ${code().slice(3)}` }),
    ).resolves.toMatchObject({ kind: 'signed-in', session: { via: 'password', secondFactor: 'totp' } });
    await expect(browser.step({ kind: 'totp', code: code(30) })).resolves.toEqual({ kind: 'expired' });
  });

  it('takes each step of a code once, one early and one late included [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const enter = async (inSeconds: number) => {
      const browser = new Browser(desk);
      await browser.enter(user.email);
      return (await browser.step({ kind: 'totp', code: code(inSeconds) })).kind;
    };
    await expect(enter(60)).resolves.toBe('wrong');
    await expect(enter(-60)).resolves.toBe('wrong');
    await expect(enter(30)).resolves.toBe('signed-in');
    await expect(enter(30)).resolves.toBe('wrong');
    await expect(enter(0)).resolves.toBe('wrong');
    desk.parts.clock.pass(30);
    await expect(enter(0)).resolves.toBe('wrong');
    desk.parts.clock.pass(30);
    await expect(enter(0)).resolves.toBe('signed-in');
  });

  it('lets one of several browsers in that use one code at the same time [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const browsers = Array.from({ length: 3 }, () => new Browser(desk));
    for (const browser of browsers) await browser.enter(user.email);
    const outcomes = await Promise.all(
      browsers.map((browser) => browser.step({ kind: 'totp', code: code() })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'signed-in')).toHaveLength(1);
  });

  it('opens one session where one browser sends its code ten times at once [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => browser.step({ kind: 'totp', code: code() })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'signed-in')).toHaveLength(1);
  });

  it('is tried five times, then the password is asked for again [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email);
    const kinds = [];
    for (let turn = 0; turn < 6; turn++) {
      kinds.push((await browser.step({ kind: 'totp', code: '000000' })).kind);
      desk.parts.clock.pass(20);
    }
    expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'expired']);
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toEqual({ kind: 'expired' });
  });

  it('slows down who knows the password and guesses codes, over all browsers [LOG-5] [SEC-1]', async () => {
    const { user } = await aPersonOf(await open());
    await desk.giveTotp(user);
    const kinds = [];
    for (let turn = 0; turn < 5; turn++) {
      const browser = new Browser(desk);
      await browser.enter(user.email);
      kinds.push((await browser.step({ kind: 'totp', code: '000000' })).kind);
    }
    expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'slow-down', 'slow-down']);
  });

  it('must be proven before it could be replaced: a password sets none up beside one that stands [LOG-5]', async () => {
    const { user } = await aPersonOf(await strict(), { role: 'owner' });
    await desk.givePasskey(user);
    const browser = new Browser(desk);
    await expect(browser.enter(user.email)).resolves.toMatchObject({ kind: 'second-factor' });
    await expect(browser.startEnrolment()).resolves.toBeUndefined();
    const offered = await desk.parts.totp.offer(user, 'another sign-in');
    const code = codeNow(offered.secret);
    await expect(browser.step({ kind: 'enrolled', code })).resolves.toEqual({ kind: 'wrong' });
  });

  it('may be a recovery code, once, of which the person is told [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    await desk.giveTotp(user);
    const [code = ''] = await desk.giveRecoveryCodes(user);
    await desk.sentMails();
    const browser = new Browser(desk);
    await expect(browser.enter(user.email)).resolves.toEqual({
      kind: 'second-factor',
      enrolled: ['totp', 'recovery-code'],
    });
    await expect(
      browser.step({ kind: 'recovery-code', code: ` ${code.toUpperCase().replaceAll('-', ' ')}` }),
    ).resolves.toMatchObject({ kind: 'signed-in', session: { secondFactor: 'recovery-code' } });
    expect((await desk.sentMails()).map(({ message, to }) => ({ message, to }))).toEqual([
      { message: { kind: 'second-factor-changed', change: 'recovery-code-used' }, to: user.email },
    ]);
    const again = new Browser(desk);
    await again.enter(user.email);
    await expect(again.step({ kind: 'recovery-code', code })).resolves.toEqual({ kind: 'wrong' });
    await expect(desk.parts.recoveryCodes.left(user.id)).resolves.toBe(9);
  });
});

describe('a passkey', () => {
  it('is a second factor besides a password, of the person and for this browser [LOG-5] [LOG-6]', async () => {
    const { user } = await aPersonOf(await open());
    const other = await aPersonOf(await open());
    const [own, foreign] = [await desk.givePasskey(user), await desk.givePasskey(other.user)];
    const browser = new Browser(desk);
    await expect(browser.enter(user.email)).resolves.toEqual({
      kind: 'second-factor',
      enrolled: ['passkey'],
    });
    await expect(browser.withPasskey(foreign)).resolves.toEqual({ kind: 'wrong' });
    await expect(
      browser.withPasskey(own, { origin: 'https://login.gatehouse.example.evil.example' }),
    ).resolves.toEqual({ kind: 'wrong' });
    await expect(browser.withPasskey(own, { verified: false, userHandle: undefined })).resolves.toMatchObject(
      {
        kind: 'signed-in',
        session: { via: 'password', secondFactor: 'passkey' },
      },
    );
  });

  it('is both factors where it verifies its holder, and none where it does not [LOG-5] [LOG-6]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'off', secondFactor: 'required' });
    const { user } = await aPersonOf(tenant);
    const authenticator = await desk.givePasskey(user);
    await expect(new Browser(desk).byPasskey(authenticator, { verified: false })).resolves.toEqual({
      kind: 'wrong',
    });
    const signedIn = await new Browser(desk).byPasskey(authenticator);
    expect(signedIn).toMatchObject({ kind: 'signed-in', session: { via: 'passkey', tenantId: tenant.id } });
  });

  it('is refused with the challenge of another browser, a used one or one of long ago [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const authenticator = await desk.givePasskey(user);
    const [mine, theirs] = [new Browser(desk), new Browser(desk)];
    const { challenge } = await desk.parts.signIn.passkeyOptions(theirs);
    await expect(mine.byPasskey(authenticator, { challenge })).resolves.toEqual({ kind: 'wrong' });
    await expect(theirs.byPasskey(authenticator, { challenge })).resolves.toMatchObject({
      kind: 'signed-in',
    });
    await expect(theirs.byPasskey(authenticator, { challenge })).resolves.toEqual({ kind: 'wrong' });
    const old = await desk.parts.signIn.passkeyOptions(mine);
    desk.parts.clock.pass(5 * 60);
    await expect(mine.byPasskey(authenticator, { challenge: old.challenge })).resolves.toEqual({
      kind: 'wrong',
    });
  });

  it('is refused when its counter does not grow, and when it names another person [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const authenticator = await desk.givePasskey(user);
    await expect(new Browser(desk).byPasskey(authenticator, { counter: 7 })).resolves.toMatchObject({
      kind: 'signed-in',
    });
    await expect(new Browser(desk).byPasskey(authenticator, { counter: 7 })).resolves.toEqual({
      kind: 'wrong',
    });
    await expect(
      new Browser(desk).byPasskey(authenticator, {
        counter: 8,
        userHandle: Buffer.from('user_x').toString('base64url'),
      }),
    ).resolves.toEqual({ kind: 'wrong' });
    await expect(new Browser(desk).byPasskey(authenticator, { counter: 9 })).resolves.toMatchObject({
      kind: 'signed-in',
    });
  });

  it('is refused by the policy like a password [LOG-8]', async () => {
    const tenant = await strict();
    const { user } = await aPersonOf(tenant);
    const authenticator = await desk.givePasskey(user);
    await expect(new Browser(desk).byPasskey(authenticator)).resolves.toMatchObject({
      kind: 'sso-required',
      tenant: { id: tenant.id },
    });
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['another shape', { id: 'x', response: [] }],
    ['a list', []],
  ])('is refused without a fault where %s comes [LOG-5]', async (_, response) => {
    const who = { ...visitor, browserKey: 'some browser' };
    await expect(desk.parts.signIn.beginByPasskey({ ...who, response })).resolves.toEqual({ kind: 'wrong' });
  });
});

function codeNow(secret: string): string {
  return codeOf(secret, desk.parts.clock.now());
}
