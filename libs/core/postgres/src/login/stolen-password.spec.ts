import { LostFactors, SsoError, userId, type Tenant, type User } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '../testing';
import { codeOf } from '../testing/authenticator-app';
import { CredentialDesk } from '../testing/credential-desk';
import { chance, now } from '../testing/given';
import { aMemberOf, aTenantWith } from '../testing/given-enforcement';
import { Browser, password } from '../testing/local-browser';
import { forgetMails } from '../testing/take-mails';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let desk: CredentialDesk;
let tenant: Tenant;
let owner: User;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new CredentialDesk(database.app);
  await rowsOf(database.app, 'DELETE FROM rate_limits');
  await forgetMails(database.app);
  tenant = await aTenantWith(database.app, { sso: 'required' });
  ({ user: owner } = await aMemberOf(database.app, tenant, { role: 'owner' }));
  await desk.givePassword(owner, password);
});
afterAll(() => database.drop());

const operator = { kind: 'operator', address: '192.0.2.9' } as const;
const lost = () => new LostFactors(desk.parts.accounts, desk.parts.clock, chance);

/** Whoever knows the password of an owner who never set a second factor up. */
async function stealAccount() {
  const thief = new Browser(desk, '198.51.100.1');
  await thief.enter(owner.email);
  const app = await thief.startEnrolment();
  const code = codeOf(app?.secret ?? '', desk.parts.clock.now());
  return { thief, outcome: await thief.step({ kind: 'enrolled', code }) };
}

describe('the password of an owner in the wrong hands', () => {
  it('comes in where single sign-on is required, and tells the owner and all owners what happened [ENF-11] [LOG-6]', async () => {
    const { user: other } = await aMemberOf(database.app, tenant, { role: 'owner' });
    const { outcome } = await stealAccount();
    expect(outcome).toMatchObject({ kind: 'signed-in', session: { breakGlass: true } });
    const mails = await desk.sentMails();
    const changed = mails.filter(({ message }) => message.kind === 'second-factor-changed');
    expect(changed.map(({ to }) => to)).toEqual([owner.email]);
    const alarms = mails.filter(({ message }) => message.kind === 'break-glass-used');
    expect(alarms.map(({ to }) => to).toSorted()).toEqual([owner.email, other.email].toSorted());
    for (const { message } of alarms)
      expect(message).toMatchObject({ factorSetUpAt: desk.parts.clock.now() });
  });

  it('is no longer of use once the operator took the factor away and the owner reset the password [LOG-5] [ENF-4]', async () => {
    const { outcome } = await stealAccount();
    const session = outcome.kind === 'signed-in' ? outcome.session : undefined;
    const own = new Browser(desk, '203.0.113.1');
    await expect(own.enter(owner.email)).resolves.toMatchObject({ kind: 'second-factor' });
    await desk.givePassword(owner, 'seven otters in a canoe');
    await expect(own.enter(owner.email, 'seven otters in a canoe')).resolves.toMatchObject({
      kind: 'second-factor',
    });
    await lost().remove(owner.id, operator);
    await expect(own.enter(owner.email, 'seven otters in a canoe')).resolves.toEqual({
      kind: 'enrol-second-factor',
    });
    const open = desk.parts.sessions.findOpenAnywhere(session?.id ?? 'ses_', desk.parts.clock.now());
    await expect(open).resolves.toBeUndefined();
  });
});

describe('taking all second factors of a person away', () => {
  it('ends what they opened or were about to, and tells the person [LOG-5] [SES-3]', async () => {
    const open = await aTenantWith(database.app, { sso: 'off' });
    await aMemberOf(database.app, open, { email: owner.email });
    const code = await desk.giveTotp(owner);
    const key = await desk.givePasskey(owner);
    await desk.giveRecoveryCodes(owner);
    const [inside, between] = [new Browser(desk), new Browser(desk)];
    await inside.enter(owner.email, password, { tenantId: open.id });
    const entered = await inside.step({ kind: 'totp', code: code() });
    await between.enter(owner.email, password, { tenantId: open.id });
    await desk.sentMails();
    await lost().remove(owner.id, operator);
    await expect(desk.parts.factors.enrolled(owner.id)).resolves.toEqual([]);
    const session = entered.kind === 'signed-in' ? entered.session.id : 'ses_';
    await expect(desk.parts.sessions.findOpenAnywhere(session, now)).resolves.toBeUndefined();
    await expect(between.step({ kind: 'totp', code: code(30) })).resolves.toEqual({ kind: 'expired' });
    await expect(new Browser(desk).byPasskey(key)).resolves.toEqual({ kind: 'wrong' });
    expect((await desk.sentMails()).map(({ to, message }) => ({ to, message }))).toEqual([
      { to: owner.email, message: { kind: 'second-factor-changed', change: 'all-removed' } },
    ]);
    const noted = await desk.parts.deploymentAudit.list('credential', { limit: 9 });
    const what = { type: 'credential.factors_removed', actor: operator, subject: owner.id };
    expect(noted).toContainEqual(expect.objectContaining(what));
  });

  it('touches nobody else, and is nothing of somebody unknown [LOG-5]', async () => {
    const { user: other } = await aMemberOf(database.app, tenant);
    await desk.giveTotp(other);
    await lost().remove(owner.id, operator);
    await expect(desk.parts.factors.enrolled(other.id)).resolves.toEqual(['totp']);
    const refused = lost().remove(userId.create(now, chance), operator);
    await expect(refused).rejects.toThrow(SsoError);
  });
});
