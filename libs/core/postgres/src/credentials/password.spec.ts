import { emailKey, type NewPerson, type ProvenSession, type Tenant } from '@gatehouse/core';
import { Client } from 'pg';
import { PostgresSessionStore } from '../index';
import { PostgresSweeper } from '../sweeper';
import { createTestDatabase, type TestDatabase } from '../testing';
import { CredentialDesk } from '../testing/credential-desk';
import { aSession, because, chance, later } from '../testing/given';
import { aMemberOf, anEnabledConnection, aTenantWith } from '../testing/given-enforcement';
import { Browser, password } from '../testing/local-browser';
import { forgetMails } from '../testing/take-mails';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let desk: CredentialDesk;
let tenant: Tenant;
let person: NewPerson;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new CredentialDesk(database.app);
  await rowsOf(database.app, 'DELETE FROM rate_limits');
  await forgetMails(database.app);
  tenant = await aTenantWith(database.app, { sso: 'off' });
  person = await aMemberOf(database.app, tenant);
});
afterAll(() => database.drop());

const next = 'seven otters in a canoe';
const byPerson = { actor: { kind: 'person', address: '192.0.2.1' }, language: 'de' } as const;

/** A live session of the person in this tenant. */
async function anOpenSession(of: NewPerson) {
  const { tenantId } = of.member;
  const connection = await anEnabledConnection(database.app, { ...tenant, id: tenantId });
  const session = aSession(of, connection, { via: 'password', expiresAt: later(600) });
  await new PostgresSessionStore(database.app, chance).open(tenantId, session, because(tenantId));
  return session;
}

const isLive = async ({ id }: ProvenSession) =>
  (await desk.parts.sessions.findLiveAnywhere(id, later(1))) !== undefined;

function change(session: ProvenSession, given: { current?: string; password?: string } = {}) {
  return desk.parts.passwords.change({ session, password: next, ...given, ...byPerson });
}

describe('changing a password', () => {
  it('ends all other sessions of the person in every tenant, tells each of them and the person [LOG-5] [SES-3]', async () => {
    await desk.givePassword(person.user, password);
    const elsewhere = await aTenantWith(database.app, { sso: 'off' });
    const { email } = person.user;
    const other = await aMemberOf(database.app, elsewhere, { email });
    const colleague = await aMemberOf(database.app, elsewhere);
    const there = { user: person.user, member: { ...other.member, userId: person.user.id } };
    const mine = await anOpenSession(person);
    const same = await anOpenSession(person);
    const far = await anOpenSession(there);
    const theirs = await anOpenSession(colleague);
    await change(mine, { current: password });
    expect(await Promise.all([mine, same, far, theirs].map(isLive))).toEqual([true, false, false, true]);
    for (const [where, ended] of [
      [tenant, same],
      [elsewhere, far],
    ] as const) {
      const entries = await desk.parts.audit.list(where.id, { limit: 20 });
      expect(entries.filter(({ type }) => type === 'session.ended')).toMatchObject([
        { subject: ended.id, data: { reason: 'credential.password_changed' }, actor: byPerson.actor },
      ]);
    }
    expect(await desk.sentMails()).toMatchObject([
      { to: email, language: 'de', message: { kind: 'password-changed' } },
    ]);
    const entries = await desk.parts.deploymentAudit.list('credential', { limit: 9 });
    expect(entries.find(({ type }) => type === 'credential.password_changed')).toMatchObject({
      subject: person.user.id,
    });
    await expect(new Browser(desk).enter(email, next)).resolves.toMatchObject({ kind: 'choose-tenant' });
    await expect(new Browser(desk).enter(email, password)).resolves.toEqual({ kind: 'wrong' });
  });

  it('wants the current password, or a sign-in by password or passkey of just now [LOG-5]', async () => {
    await desk.givePassword(person.user, password);
    const fresh = desk.aFreshSession(person.user);
    const old = { ...fresh, authenticatedAt: later(-11) };
    await expect(change(old)).rejects.toMatchObject({ code: 'proof_stale' });
    await expect(change(old, { current: 'something else' })).rejects.toMatchObject({
      code: 'password_wrong',
    });
    await expect(change(old, { current: password })).resolves.toBeUndefined();
    await expect(change(fresh, { password: 'eight otters in a canoe' })).resolves.toBeUndefined();
  });

  it('is nothing that a session by single sign-on may do, whoever runs that identity provider [LOG-5] [ENF-1]', async () => {
    await desk.givePassword(person.user, password);
    const session = desk.aFreshSession(person.user, { via: 'saml' });
    await expect(change(session)).rejects.toMatchObject({ code: 'proof_stale' });
    await expect(change(session, { current: password })).rejects.toMatchObject({ code: 'proof_stale' });
  });

  it('is slowed down where the current password is guessed [LOG-5] [SEC-1]', async () => {
    await desk.givePassword(person.user, password);
    const session = desk.aFreshSession(person.user, { authenticatedAt: later(-60) });
    for (let turn = 0; turn < 3; turn++)
      await expect(change(session, { current: `guess ${turn}` })).rejects.toMatchObject({
        code: 'password_wrong',
      });
    await expect(change(session, { current: password })).rejects.toMatchObject({
      code: 'rate_limited',
      details: { seconds: 1 },
    });
    desk.parts.clock.pass(1);
    await expect(change(session, { current: password })).resolves.toBeUndefined();
  });

  it('refuses what is guessed first, the names of own organisations included [LOG-5]', async () => {
    await desk.givePassword(person.user, password);
    const named = await aMemberOf(
      database.app,
      { ...(await aTenantWith(database.app, { sso: 'off' })) },
      { email: 'zoe@widgets.example' },
    );
    const session = desk.aFreshSession(named.user);
    await expect(change(session, { password: 'password1234' })).rejects.toMatchObject({
      code: 'password_common',
    });
    await expect(change(session, { password: 'Gatehouse-zoe-99' })).rejects.toMatchObject({
      code: 'password_personal',
    });
    await expect(desk.parts.passwords.isSet(named.user.id)).resolves.toBe(false);
  });
});

describe('resetting a password by mail', () => {
  const complete = (token: string, typed = next) =>
    desk.parts.resets.complete({ token, password: typed, ...byPerson });

  it('takes the newest link once, within 30 minutes, and looking at it uses nothing up [LOG-5]', async () => {
    const older = await desk.requestReset(person.user);
    const token = await desk.requestReset(person.user);
    await expect(complete(older)).rejects.toMatchObject({ code: 'reset_invalid' });
    await expect(desk.parts.resets.find(token)).resolves.toMatchObject({ id: person.user.id });
    await expect(desk.parts.resets.find(token)).resolves.toMatchObject({ id: person.user.id });
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => complete(token)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const late = await desk.requestReset(person.user);
    desk.parts.clock.pass(30 * 60);
    await expect(complete(late)).rejects.toMatchObject({ code: 'reset_invalid' });
    await expect(desk.parts.resets.find(late)).rejects.toMatchObject({ code: 'reset_invalid' });
  });

  it('uses no link up by a password that is refused [LOG-5]', async () => {
    const token = await desk.requestReset(person.user);
    await expect(complete(token, 'short')).rejects.toMatchObject({ code: 'password_length' });
    await expect(complete(token, 'password1234')).rejects.toMatchObject({ code: 'password_common' });
    await expect(complete(token)).resolves.toMatchObject({ user: { id: person.user.id } });
  });

  it('ends every session, keeps the second factors and signs nobody in [LOG-5] [SES-3]', async () => {
    await desk.givePassword(person.user, password);
    const code = await desk.giveTotp(person.user);
    const session = await anOpenSession(person);
    await complete(await desk.requestReset(person.user));
    await expect(isLive(session)).resolves.toBe(false);
    expect((await desk.sentMails()).map(({ message }) => message)).toEqual([{ kind: 'password-changed' }]);
    const browser = new Browser(desk);
    await expect(browser.enter(person.user.email, next)).resolves.toEqual({
      kind: 'second-factor',
      enrolled: ['totp'],
    });
    await expect(browser.step({ kind: 'totp', code: code() })).resolves.toMatchObject({ kind: 'signed-in' });
  });

  it('ends links that were asked for before the password was changed another way [LOG-5]', async () => {
    await desk.givePassword(person.user, password);
    const token = await desk.requestReset(person.user);
    await change(desk.aFreshSession(person.user));
    await expect(complete(token)).rejects.toMatchObject({ code: 'reset_invalid' });
  });

  it('sends the link to the address on file, not to the one that was typed [LOG-5]', async () => {
    const { email } = person.user;
    await desk.parts.resets.request({ email: email.toUpperCase(), ...byPerson });
    expect((await desk.sentMails()).map(({ to }) => to)).toEqual([email]);
  });

  it('takes no other letter for the one that it becomes in lower case [LOG-5] [LNK-1]', async () => {
    // KELVIN SIGN: in lower case it is a k, and a mailbox of somebody else.
    await aMemberOf(database.app, tenant, { email: 'kim@acme.example' });
    const typed = '\u212Aim@acme.example';
    expect(emailKey(typed)).toBe('kim@acme.example');
    await expect(desk.parts.resets.request({ email: typed, ...byPerson })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await expect(desk.sentMails()).resolves.toEqual([]);
  });

  it('answers, asks the database and writes the same for an unknown account, and mails nobody [LOG-5] [LOG-3]', async () => {
    const asked = async (email: string) => {
      const query = jest.spyOn(Client.prototype, 'query');
      await expect(desk.parts.resets.request({ email, ...byPerson })).resolves.toEqual({ kind: 'sent' });
      const statements = query.mock.calls.map(([given]: unknown[]) => JSON.stringify(Object(given)['text']));
      query.mockRestore();
      return statements;
    };
    const unknown = await asked('nobody@acme.example');
    await expect(desk.sentMails()).resolves.toEqual([]);
    const rows = await rowsOf(database.app, 'SELECT key FROM password_resets WHERE user_id IS NULL');
    expect(rows.length).toBeGreaterThan(0);
    await expect(asked(person.user.email)).resolves.toEqual(unknown);
    await expect(desk.sentMails()).resolves.toHaveLength(1);
  });

  it('mails one account five times at once and then slowly, the last link staying good [LOG-5] [SEC-1]', async () => {
    const tokens = [];
    for (let turn = 0; turn < 6; turn++) tokens.push(await desk.requestReset(person.user));
    expect(tokens.map((token) => token === 'no mail')).toEqual([false, false, false, false, false, true]);
    await expect(complete(tokens[4] ?? '')).resolves.toMatchObject({ user: { id: person.user.id } });
  });

  it('slows down an address that asks for many accounts, and no other address [LOG-5] [SEC-1]', async () => {
    const ask = (turn: number, address: string) =>
      desk.parts.resets.request({
        email: `somebody-${turn}@acme.example`,
        language: 'en',
        actor: { kind: 'person', address },
      });
    for (let turn = 0; turn < 20; turn++)
      await expect(ask(turn, '2001:db8::1')).resolves.toEqual({ kind: 'sent' });
    await expect(ask(20, '2001:db8::2')).resolves.toEqual({ kind: 'slow-down', seconds: 30 });
    await expect(ask(20, '2001:db8:0:1::1')).resolves.toEqual({ kind: 'sent' });
  });

  it('refuses what is no address [LOG-5]', async () => {
    await expect(desk.parts.resets.request({ email: 'nobody', ...byPerson })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('keeps neither the token nor the address readable, and forgets what has expired [LOG-5] [OPS-6]', async () => {
    const token = await desk.requestReset(person.user);
    const kept = await rowsOf(database.app, 'SELECT * FROM password_resets');
    expect(JSON.stringify(kept.map((row) => row.record()))).not.toMatch(new RegExp(`${token}|acme`));
    const sweeper = new PostgresSweeper(database.app, 1);
    await sweeper.sweep(later(29));
    await expect(desk.parts.resets.find(token)).resolves.toBeDefined();
    expect((await sweeper.sweep(later(30))).passwordResets).toBeGreaterThan(0);
    await expect(desk.parts.resets.find(token)).rejects.toMatchObject({ code: 'reset_invalid' });
  });
});
