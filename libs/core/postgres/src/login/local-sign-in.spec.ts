import { hashToken, type LocalOutcome, type Tenant, type User } from '@gatehouse/core';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing';
import { codeOf } from '../testing/authenticator-app';
import { CredentialDesk } from '../testing/credential-desk';
import { later } from '../testing/given';
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

describe('signing in by a password', () => {
  it('opens a session of the one tenant, under a new ID each time [LOG-5] [SES-6]', async () => {
    const tenant = await open();
    const { user, member } = await aPersonOf(tenant);
    const browser = new Browser(desk);
    const first = await browser.enter(user.email.toUpperCase());
    expect(first).toMatchObject({
      kind: 'signed-in',
      interactionId: 'interaction',
      purpose: 'sign-in',
      session: {
        tenantId: tenant.id,
        memberId: member.id,
        via: 'password',
        breakGlass: false,
        address: '192.0.2.1',
        userAgent: 'Firefox',
        authenticatedAt: desk.parts.clock.now(),
      },
    });
    const second = await browser.enter(user.email);
    expect(sessionOf(second)).not.toBe(sessionOf(first));
    await expect(desk.parts.sessions.findLiveAnywhere(sessionOf(first), later(1))).resolves.toBeDefined();
  });

  it('says the same of a wrong password, an unknown account and one without a password [LOG-5] [LOG-3]', async () => {
    const tenant = await open();
    const { user } = await aPersonOf(tenant);
    const without = await aMemberOf(database.app, tenant);
    for (const email of [
      user.email,
      without.user.email,
      'nobody@acme.example',
      'no address',
      'a\0b@acme.example',
    ])
      await expect(new Browser(desk).enter(email, 'another-password-1')).resolves.toEqual({ kind: 'wrong' });
    for (const typed of ['', password.toUpperCase(), `${password} `, 'y'.repeat(5000)])
      await expect(new Browser(desk).enter(user.email, typed)).resolves.toMatchObject({
        kind: expect.stringMatching(/wrong|slow-down/),
      });
  });

  it('is recorded when it fails, by the account where there is one, and without what was typed [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    await new Browser(desk).enter(user.email, 'typed-in-vain-55');
    await new Browser(desk).enter('typed-in-vain@acme.example', 'typed-in-vain-55');
    const latest = await desk.parts.deploymentAudit.list('sign_in', { limit: 50 });
    const known = latest.find(({ subject }) => subject === user.id);
    const unknown = latest.find(({ subject }) => subject === 'unknown');
    expect(known).toMatchObject({ type: 'sign_in.failed', subject: user.id, data: { what: 'password' } });
    expect(unknown).toMatchObject({ subject: 'unknown', actor: { address: '192.0.2.1' } });
    expect(JSON.stringify([unknown, known])).not.toContain('typed-in-vain');
  });

  it('rehashes a password that was hashed with other parameters, and only the one that was right [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const kept = async () => (await desk.parts.accounts.findAnywhere(user.id))?.password?.hash ?? '';
    // Of the same password, as a version before might have made it.
    const old =
      '$argon2id$v=19$m=64,t=1,p=1$c2l4dGVlbiBvY3RldHMgIQ$SaaZoU9vbdKWRqrlzloMyTRt/Jr8h/ujaNEwdhXrWSY';
    await desk.parts.accounts.rehashAnywhere(user.id, await kept(), old);
    await new Browser(desk).enter(user.email, 'a-wrong-password-1');
    await expect(kept()).resolves.toBe(old);
    await expect(new Browser(desk).enter(user.email)).resolves.toMatchObject({ kind: 'signed-in' });
    await expect(kept()).resolves.toContain('$m=19456,t=2,p=1$');
    await expect(new Browser(desk).enter(user.email)).resolves.toMatchObject({ kind: 'signed-in' });
    await desk.parts.accounts.rehashAnywhere(
      user.id,
      old,
      'the hash of a password that was changed meanwhile',
    );
    await expect(kept()).resolves.toContain('$m=19456');
  });

  it('leads nowhere for a person who belongs nowhere, and says so only after the right password [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const elsewhere = await open();
    await expect(new Browser(desk).enter(user.email, password, { tenantId: elsewhere.id })).resolves.toEqual({
      kind: 'no-access',
    });
    await expect(
      new Browser(desk).enter(user.email, 'wrong-password-99', { tenantId: elsewhere.id }),
    ).resolves.toEqual({ kind: 'wrong' });
  });
});

function sessionOf(outcome: LocalOutcome) {
  return outcome.kind === 'signed-in' ? outcome.session.id : 'ses_none';
}

describe('an attacker who asks who has an account', () => {
  it('sees the database asked the same of everybody, and the same written [LOG-3] [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const without = await aMemberOf(database.app, await open());
    const asked = async (email: string) => {
      const query = jest.spyOn(Client.prototype, 'query');
      await expect(new Browser(desk).enter(email, 'a-wrong-password-1')).resolves.toEqual({ kind: 'wrong' });
      const statements = query.mock.calls.map(([given]: unknown[]) => JSON.stringify(Object(given)['text']));
      query.mockRestore();
      return statements;
    };
    const unknown = await asked('nobody-at-all@acme.example');
    expect(unknown.length).toBeGreaterThan(3);
    await expect(asked(user.email)).resolves.toEqual(unknown);
    await expect(asked(without.user.email)).resolves.toEqual(unknown);
  });
});

describe('the policy of the tenant', () => {
  it('refuses a member under required, names the tenant and records it [LOG-8] [ENF-1]', async () => {
    const tenant = await strict();
    const { user, member } = await aPersonOf(tenant);
    for (const tenantId of [undefined, tenant.id])
      await expect(
        new Browser(desk).enter(user.email, password, { ...(tenantId && { tenantId }) }),
      ).resolves.toEqual({ kind: 'sso-required', tenant, code: 'sso_required' });
    const entries = await desk.parts.audit.list(tenant.id, { limit: 9 });
    expect(entries.find(({ type }) => type === 'sign_in.refused')).toMatchObject({
      subject: member.id,
      data: { via: 'password', code: 'sso_required' },
    });
  });

  it('is asked again after a reset, which signs nobody in past it [LOG-5] [LOG-8]', async () => {
    const { user } = await aPersonOf(await strict());
    await desk.givePassword(user, 'another-kernel-of-tulips');
    await expect(new Browser(desk).enter(user.email, 'another-kernel-of-tulips')).resolves.toMatchObject({
      kind: 'sso-required',
    });
  });

  it('says that a suspended tenant or member cannot come in [LOG-5]', async () => {
    const { user } = await aPersonOf(await open(), { suspendedAt: later(-5) });
    await expect(new Browser(desk).enter(user.email)).resolves.toEqual({
      kind: 'no-access',
      code: 'member_suspended',
    });
  });

  it('lets an owner in by a second factor that is set up on the way [LOG-6] [ENF-4]', async () => {
    const tenant = await strict();
    const { user } = await aPersonOf(tenant, { role: 'owner' });
    const browser = new Browser(desk);
    await expect(browser.enter(user.email)).resolves.toEqual({ kind: 'enrol-second-factor' });
    const app = await browser.startEnrolment();
    expect(app?.uri).toContain(`secret=${app?.secret}`);
    await expect(browser.startEnrolment()).resolves.toEqual(app);
    await expect(new Browser(desk).startEnrolment()).resolves.toBeUndefined();
    await expect(browser.step({ kind: 'enrolled', code: '000000' })).resolves.toEqual({ kind: 'wrong' });
    const code = codeNow(app?.secret ?? '');
    await expect(browser.step({ kind: 'enrolled', code })).resolves.toMatchObject({
      kind: 'signed-in',
      session: { tenantId: tenant.id, breakGlass: true, secondFactor: 'totp' },
    });
    const mails = await desk.sentMails();
    expect(mails.map(({ message }) => message)).toContainEqual({
      kind: 'second-factor-changed',
      change: 'totp-added',
    });
  });

  it('lets an owner without any password set the first one by mail [LOG-5] [ENF-4]', async () => {
    const { user } = await aMemberOf(database.app, await strict(), { role: 'owner' });
    await desk.givePassword(user, password);
    await expect(new Browser(desk).enter(user.email)).resolves.toEqual({ kind: 'enrol-second-factor' });
  });
});

function codeNow(secret: string): string {
  return codeOf(secret, desk.parts.clock.now());
}

describe('a person of several tenants', () => {
  it('comes into the only one that admits a password [LOG-7]', async () => {
    const { user } = await aPersonOf(await strict());
    const admitting = await open();
    await alsoMemberOf(admitting, user);
    await expect(new Browser(desk).enter(user.email)).resolves.toMatchObject({
      kind: 'signed-in',
      session: { tenantId: admitting.id },
    });
  });

  it('chooses among them where several do, and may choose one that wants single sign-on [LOG-7] [LOG-8]', async () => {
    const [one, other, withSso] = [await open(), await open(), await strict()];
    const { user } = await aPersonOf(one);
    for (const tenant of [other, withSso]) await alsoMemberOf(tenant, user);
    const browser = new Browser(desk);
    const choice = await browser.enter(user.email);
    expect(choice.kind === 'choose-tenant' && choice.tenants.map(({ id }) => id).toSorted()).toEqual(
      [one.id, other.id, withSso.id].toSorted(),
    );
    await expect(browser.step({ kind: 'tenant', tenantId: withSso.id })).resolves.toMatchObject({
      kind: 'sso-required',
      tenant: { id: withSso.id },
    });
    await expect(browser.step({ kind: 'tenant', tenantId: (await open()).id })).resolves.toEqual({
      kind: 'no-access',
    });
    await expect(browser.step({ kind: 'tenant', tenantId: other.id })).resolves.toMatchObject({
      kind: 'signed-in',
      session: { tenantId: other.id },
    });
    await expect(browser.step({ kind: 'tenant', tenantId: one.id })).resolves.toEqual({ kind: 'expired' });
  });

  it('opens one session where the choice is sent many times at once [LOG-5]', async () => {
    const [one, other] = [await open(), await open()];
    const { user } = await aPersonOf(one);
    await alsoMemberOf(other, user);
    const browser = new Browser(desk);
    await browser.enter(user.email);
    const choices = Array.from({ length: 8 }, () => browser.step({ kind: 'tenant', tenantId: one.id }));
    expect((await Promise.all(choices)).filter(({ kind }) => kind === 'signed-in')).toHaveLength(1);
  });
});

describe('a sign-in under way', () => {
  it('belongs to the browser and the interaction that began it, for ten minutes [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email);
    const step = { kind: 'totp', code: code() } as const;
    await expect(new Browser(desk).step(step)).resolves.toEqual({ kind: 'expired' });
    const otherInteraction = { ...visitor, browserKey: browser.browserKey, interactionId: 'another' };
    await expect(desk.parts.signIn.continue({ ...otherInteraction, step })).resolves.toEqual({
      kind: 'expired',
    });
    desk.parts.clock.pass(10 * 60);
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toEqual({ kind: 'expired' });
  });

  it('ends when the password is changed meanwhile [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const code = await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email);
    await desk.givePassword(user, 'another-kernel-of-tulips');
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toEqual({ kind: 'expired' });
  });

  it('is not taken once the password is another, even where its row has outlived the change [LOG-5]', async () => {
    const { user } = await aPersonOf(await open());
    const now = desk.parts.clock.now();
    const state = {
      ...{ id: 'late', browserKeyHash: hashToken('late'), userId: user.id, via: 'password' as const },
      ...{ purpose: 'sign-in' as const, authenticatedAt: new Date(now.getTime() - 1), expiresAt: later(9) },
    };
    await desk.parts.states.beginAnywhere(state);
    await expect(desk.parts.states.takeAnywhere('late', now)).resolves.toBe(false);
    await desk.parts.states.beginAnywhere({ ...state, authenticatedAt: now });
    const taken = await Promise.all(
      Array.from({ length: 10 }, () => desk.parts.states.takeAnywhere('late', now)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
  });
});

describe('the drill of the emergency access', () => {
  it('wants password and second factor under any policy, and opens no session [ENF-12]', async () => {
    const tenant = await open();
    const { user } = await aPersonOf(tenant, { role: 'owner' });
    const code = await desk.giveTotp(user);
    const browser = new Browser(desk);
    await browser.enter(user.email, password, { tenantId: tenant.id, purpose: 'drill' });
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toMatchObject({
      kind: 'drill-passed',
      tenant,
      proven: { userId: user.id, via: 'password', secondFactor: 'totp' },
    });
    const entries = await desk.parts.audit.list(tenant.id, { limit: 5 });
    expect(entries.map(({ type }) => type)).toContain('break_glass.drill_passed');
    expect(entries.map(({ type }) => type)).not.toContain('sign_in.succeeded');
  });

  it('has a second factor set up first where there is none, and is for no one else [ENF-12]', async () => {
    const tenant = await open();
    const { user } = await aPersonOf(tenant, { role: 'owner' });
    const member = await aPersonOf(tenant);
    const drill = { tenantId: tenant.id, purpose: 'drill' } as const;
    await expect(new Browser(desk).enter(user.email, password, drill)).resolves.toEqual({
      kind: 'enrol-second-factor',
    });
    const code = await desk.giveTotp(member.user);
    const browser = new Browser(desk);
    await browser.enter(member.user.email, password, drill);
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toEqual({
      kind: 'no-access',
      code: 'not_break_glass',
    });
  });
});
