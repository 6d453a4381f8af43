import {
  AcceptInvitation,
  Clock,
  Invitations,
  KeyRing,
  Members,
  startingPolicy,
  type Authority,
  type SignInPolicy,
  type Tenant,
  type WantedInvitation,
} from '@gatehouse/core';
import {
  PostgresDomainStore,
  PostgresInvitationStore,
  PostgresMemberStore,
  PostgresRateLimits,
  PostgresRemovedMemberStore,
  PostgresTenantStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aDomain, aFind, anExistingTenant, because, chance, later, now } from '../testing/given';
import { takeMails } from '../testing/take-mails';
import { inTenant } from '../transaction';

let database: TestDatabase;
let invitations: Invitations;
let acceptances: AcceptInvitation;
let members: Members;
let acme: Tenant;
let time = now;
const clock = new (class extends Clock {
  now = () => time;
})();
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);

beforeAll(async () => {
  database = await createTestDatabase();
  const store = new PostgresInvitationStore(database.app, keyRing, chance);
  const memberStore = new PostgresMemberStore(database.app, chance);
  const ports = {
    ...{ invitations: store, members: memberStore, tenants: new PostgresTenantStore(database.app, chance) },
    domains: new PostgresDomainStore(database.app, chance),
    ...{ limits: new PostgresRateLimits(database.app), clock, chance },
  };
  invitations = new Invitations(ports, 'https://login.example');
  acceptances = new AcceptInvitation(ports, ['Gatehouse']);
  members = new Members(memberStore, ports.domains, clock, chance);
});
beforeEach(async () => {
  time = now;
  acme = await aTenant({});
});
afterAll(() => database.drop());

/** Its domain, `<slug>.example`, is verified. */
async function aTenant(policy: Partial<SignInPolicy>): Promise<Tenant> {
  const tenant = await anExistingTenant(database.app, { policy: { ...startingPolicy, ...policy } });
  const domains = new PostgresDomainStore(database.app, chance);
  const domain = aDomain(tenant.id, { name: `${tenant.slug}.example` });
  await domains.add(tenant.id, domain, because(tenant.id, 'domain.added'));
  await domains.markVerified(tenant.id, domain.id, aFind(), because(tenant.id, 'domain.verified'));
  return tenant;
}

const operator: Authority = { actor: { kind: 'operator' }, role: 'operator' };

function as(role: Authority['role']): Authority {
  return { actor: { kind: 'member', id: 'mem_1' }, role };
}

/** The token in the newest mail to this address. */
async function tokenFor(email: string): Promise<string> {
  const mails = await takeMails(database.app, keyRing, time);
  const { message } = mails.findLast(({ to }) => to === email) ?? {};
  if (message?.kind !== 'invitation') throw new Error(`No invitation was mailed to ${email}.`);
  expect(message.url).toMatch(/^https:\/\/login\.example\/invitations\/[\w-]{43}$/);
  return message.url.slice(-43);
}

async function invited(email: string, given: Partial<WantedInvitation> = {}, tenant = acme) {
  const invitation = await invitations.invite(tenant, { email, role: 'member', ...given }, operator);
  const holder = {
    token: await tokenFor(invitation.email),
    browserKey: 'mine',
    actor: { kind: 'person' },
  } as const;
  return { invitation, holder };
}

const password = { password: 'a goose sings at the gate', name: 'Gus' };
const refused = (code: string) => expect.objectContaining({ code });

describe('inviting', () => {
  it('is for owners and admins, and owners are made by owners alone [TEN-5] [TEN-3]', async () => {
    const wanted = { email: `o@${acme.slug}.example`, role: 'owner' } as const;
    for (const role of ['admin', 'member', 'viewer'] as const)
      await expect(invitations.invite(acme, wanted, as(role))).rejects.toThrow(refused('role_not_grantable'));
    await expect(invitations.invite(acme, { ...wanted, role: 'viewer' }, as('member'))).rejects.toThrow(
      refused('role_not_grantable'),
    );
    const invitation = await invitations.invite(acme, wanted, as('owner'));
    for (const touch of [
      () => invitations.revoke(acme.id, invitation.id, as('admin')),
      () => invitations.resend(acme, invitation.id, as('admin')),
    ])
      await expect(touch()).rejects.toThrow(refused('role_not_grantable'));
  });

  it('says who invited, by name, where a member did [TEN-5]', async () => {
    const outcome = await members.add(
      acme,
      { email: `boss@${acme.slug}.example`, name: 'Bea Boss', role: 'admin' },
      operator,
    );
    const by: Authority = { actor: { kind: 'member', id: outcome.member.id }, role: 'admin' };
    const wanted = { email: `e@${acme.slug}.example`, role: 'member' } as const;
    await expect(invitations.invite(acme, wanted, by)).resolves.toMatchObject({ inviter: 'Bea Boss' });
  });

  it('mails nobody over and over, not by sending again, revoking or another case [TEN-5] [SEC-1]', async () => {
    const email = `often@${acme.slug}.example`;
    const { invitation } = await invited(email);
    await invitations.resend(acme, invitation.id, operator);
    await invitations.revoke(acme.id, invitation.id, operator);
    const again = () => invitations.invite(acme, { email: email.toUpperCase(), role: 'member' }, operator);
    const { id } = await again();
    await expect(invitations.resend(acme, id, operator)).rejects.toThrow(refused('rate_limited'));
    await invitations.revoke(acme.id, id, operator);
    await expect(again()).rejects.toThrow(refused('rate_limited'));
    time = later(61);
    await expect(again()).resolves.toMatchObject({ role: 'member' });
  });

  it('refuses what leads nowhere: a member, somebody invited, an exemption that is over, no address [TEN-5]', async () => {
    const ada = await members.add(acme, { email: `ada@${acme.slug}.example`, role: 'member' }, operator);
    const invite = (wanted: Partial<WantedInvitation>) =>
      invitations.invite(acme, { email: 'x@mail.example', role: 'member', ...wanted }, operator);
    await expect(invite({ email: ada.user.email })).rejects.toThrow(refused('conflict'));
    await invite({ email: 'twice@mail.example' });
    await expect(invite({ email: 'TWICE@mail.example' })).rejects.toThrow(refused('conflict'));
    const exemption = { reason: 'x', until: now };
    await expect(invite({ exemption })).rejects.toThrow(refused('validation_failed'));
    await expect(invite({ email: 'nobody' })).rejects.toThrow(refused('validation_failed'));
  });

  it('of somebody outside needs an exemption in the same step where SSO is required, and carries it [TEN-5] [ENF-5]', async () => {
    const strict = await aTenant({ sso: 'required' });
    const outside = { email: 'contractor@mail.example', role: 'member' } as const;
    await expect(invitations.invite(strict, outside, operator)).rejects.toThrow(refused('exemption_needed'));
    const exemption = { reason: 'contractor', until: later(600) };
    const { holder } = await invited(outside.email, { exemption }, strict);
    await expect(acceptances.open(holder)).resolves.toEqual({ kind: 'set-password', sso: false });
    await expect(acceptances.acceptWithPassword(holder, password)).resolves.toMatchObject({
      person: { user: { name: 'Gus' }, member: { role: 'member', sso: 'inherit', exemption } },
    });
    const { holder: set } = await invited('set@mail.example', { sso: 'password' }, strict);
    await acceptances.open(set);
    await expect(acceptances.acceptWithPassword(set, password)).resolves.toMatchObject({
      person: { member: { sso: 'password' } },
    });
  });
});

describe('the link of an invitation', () => {
  it('shows whose it is, and changes nothing by that [TEN-5]', async () => {
    const { invitation, holder } = await invited('look@mail.example');
    for (let round = 0; round < 3; round++)
      await expect(acceptances.look(holder.token)).resolves.toEqual({
        tenant: acme,
        invitation,
        standing: 'open',
      });
    for (const token of ['', 'x', 'x'.repeat(43), `${holder.token}x`, holder.token.toLowerCase()])
      await expect(acceptances.look(token)).rejects.toThrow(refused('invitation_unknown'));
  });

  it('says why it is good for nothing any more [TEN-5]', async () => {
    const [old, gone, used, renewed] = [
      await invited('old@mail.example', { days: 1 }),
      await invited('gone@mail.example'),
      await invited('used@mail.example'),
      await invited('renewed@mail.example'),
    ];
    await invitations.revoke(acme.id, gone.invitation.id, operator);
    await acceptances.open(used.holder);
    await acceptances.acceptWithPassword(used.holder, password);
    await invitations.resend(acme, renewed.invitation.id, operator);
    time = later(24 * 60);
    for (const [{ holder }, code] of [
      [old, 'invitation_expired'],
      [gone, 'invitation_revoked'],
      [used, 'invitation_used'],
      [renewed, 'invitation_unknown'],
    ] as const) {
      await expect(acceptances.open(holder)).rejects.toThrow(refused(code));
      await expect(acceptances.acceptWithPassword(holder, password)).rejects.toThrow(refused(code));
      await expect(acceptances.join(holder, { email: 'old@mail.example' })).rejects.toThrow(refused(code));
    }
  });

  it('can be sent again after it expired, for as long as it lasted before [TEN-5]', async () => {
    const { invitation } = await invited('late@mail.example', { days: 2 });
    time = later(5 * 24 * 60);
    const renewed = await invitations.resend(acme, invitation.id, operator);
    expect(renewed.expiresAt).toEqual(later(7 * 24 * 60));
    await expect(acceptances.look(await tokenFor('late@mail.example'))).resolves.toMatchObject({
      standing: 'open',
    });
  });

  it('is of no use in another browser than the one that opened it, nor before [TEN-5]', async () => {
    const { holder } = await invited('bound@mail.example');
    const elsewhere = { ...holder, browserKey: 'a thief' };
    await expect(acceptances.acceptWithPassword(holder, password)).rejects.toThrow(
      refused('invitation_other_browser'),
    );
    await acceptances.open(holder);
    await expect(acceptances.open(holder)).resolves.toMatchObject({ kind: 'set-password' });
    for (const attempt of [
      () => acceptances.open(elsewhere),
      () => acceptances.acceptWithPassword(elsewhere, password),
      () => acceptances.join(elsewhere, { email: 'bound@mail.example' }),
    ])
      await expect(attempt()).rejects.toThrow(refused('invitation_other_browser'));
  });

  it('is accepted once, when ten try at the same time [TEN-5]', async () => {
    const { holder } = await invited('ten@mail.example');
    await acceptances.open(holder);
    const tries = Array.from({ length: 10 }, () => acceptances.acceptWithPassword(holder, password));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(reasons).toEqual(Array(9).fill(refused('invitation_used')));
  });
});

describe('accepting', () => {
  it('gives role and tenant of the invitation, whatever role the tenant gives newcomers [TEN-5]', async () => {
    const { holder, invitation } = await invited('role@mail.example', { role: 'viewer' });
    await acceptances.open(holder);
    const { tenant, person } = await acceptances.acceptWithPassword(holder, password);
    expect([tenant.id, person.user.email, person.member.role]).toEqual([acme.id, invitation.email, 'viewer']);
  });

  it('is for the address that was invited: its other case is the same, plus and neighbours are not [TEN-5] [TEN-1]', async () => {
    const { holder } = await invited('Ada.Lee@mail.example');
    await acceptances.open(holder);
    for (const email of [
      'ada.lee+x@mail.example',
      'adalee@mail.example',
      'ada.lee@mail.example.evil.example',
      '',
    ])
      await expect(acceptances.join(holder, { email })).rejects.toThrow(refused('invitation_other_person'));
    const globex = await aTenant({});
    const theirs = await invited('ADA.lee@mail.example', {}, globex);
    await acceptances.open(theirs.holder);
    const { person: ada } = await acceptances.acceptWithPassword(theirs.holder, password);
    const { person } = await acceptances.join(holder, ada.user);
    expect(person.user).toEqual(ada.user);
  });

  it('wants who has an account to sign in to it, and sets no second password [TEN-5]', async () => {
    const globex = await aTenant({});
    const first = await invited('twice@mail.example', {}, globex);
    await acceptances.open(first.holder);
    await acceptances.acceptWithPassword(first.holder, password);
    const { holder } = await invited('twice@mail.example');
    await expect(acceptances.open(holder)).resolves.toEqual({ kind: 'sign-in', sso: false });
    const other = { password: 'quite another long password' };
    await expect(acceptances.acceptWithPassword(holder, other)).rejects.toThrow(refused('account_exists'));
  });

  it('leaves to the identity provider whom the policy wants there, by now or since the mail [TEN-5] [ENF-7]', async () => {
    const strict = await aTenant({ sso: 'optional' });
    const { holder } = await invited(`nora@${strict.slug}.example`, {}, strict);
    await expect(acceptances.open(holder)).resolves.toEqual({ kind: 'sso' });
    await expect(acceptances.acceptWithPassword(holder, password)).rejects.toThrow(refused('sso_required'));
    const account = await invited(`anna@${strict.slug}.example`, {}, acme);
    await acceptances.open(account.holder);
    await acceptances.acceptWithPassword(account.holder, password);
    const { holder: anna } = await invited(`anna@${strict.slug}.example`, {}, strict);
    await acceptances.open(anna);
    await expect(acceptances.join(anna, undefined)).rejects.toThrow(refused('sso_required'));
    const { holder: guest } = await invited('guest@mail.example', {}, strict);
    await expect(acceptances.open(guest)).resolves.toMatchObject({ kind: 'set-password' });
    await tighten(strict, { sso: 'required' });
    await expect(acceptances.open(guest)).rejects.toThrow(refused('exemption_needed'));
    await expect(acceptances.join(holder, undefined)).rejects.toThrow(refused('conflict'));
    await expect(acceptances.acceptWithPassword(guest, password)).rejects.toThrow(
      refused('exemption_needed'),
    );
  });

  it('lets an owner set a password besides SSO, for the day on which the identity provider is down [TEN-5] [ENF-4]', async () => {
    const strict = await aTenant({ sso: 'required' });
    const { holder } = await invited(`owner@${strict.slug}.example`, { role: 'owner' }, strict);
    await expect(acceptances.open(holder)).resolves.toEqual({ kind: 'set-password', sso: true });
    await expect(acceptances.acceptWithPassword(holder, password)).resolves.toMatchObject({
      person: { member: { role: 'owner', sso: 'inherit' } },
    });
  });

  it.each([
    ['short', 'password_length'],
    ['password12345', 'password_common'],
  ])('takes no password such as "%s", and can be tried again [TEN-5] [LOG-5]', async (weak, code) => {
    const { holder } = await invited(`${code}@mail.example`);
    await acceptances.open(holder);
    await expect(acceptances.acceptWithPassword(holder, { password: weak })).rejects.toThrow(refused(code));
    await expect(acceptances.acceptWithPassword(holder, password)).resolves.toMatchObject({ tenant: acme });
  });

  it('opens nothing of a suspended tenant', async () => {
    const { holder } = await invited('suspended@mail.example');
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('UPDATE tenants SET suspended_at = $2 WHERE id = $1', [acme.id, now]),
    );
    await expect(acceptances.open(holder)).rejects.toThrow(refused('tenant_suspended'));
  });

  it('lets somebody in again who was removed, and no invitation from before the removal does [TEN-11] [TEN-5]', async () => {
    const email = `back@${acme.slug}.example`;
    const ada = await members.add(acme, { email, role: 'admin' }, operator);
    await members.remove(acme.id, ada.member.id, operator);
    await expect(members.add(acme, { email, role: 'admin' }, operator)).rejects.toThrow(
      refused('member_removed'),
    );
    const { holder } = await invited(email);
    await acceptances.open(holder);
    const { person } = await acceptances.acceptWithPassword(holder, password);
    expect([person.user.id, person.member.role]).toEqual([ada.user.id, 'member']);
    await expect(
      new PostgresRemovedMemberStore(database.app, chance).list(acme.id, { limit: 5 }),
    ).resolves.toEqual([]);
    await members.remove(acme.id, person.member.id, operator);
    await expect(acceptances.join(holder, { email })).rejects.toThrow(refused('invitation_used'));
  });
});

async function tighten({ id, policy }: Tenant, changes: Partial<SignInPolicy>): Promise<void> {
  await inTenant(database.app, id, (transaction) =>
    transaction.rows('UPDATE tenants SET policy = $2 WHERE id = $1', [
      id,
      JSON.stringify({ ...policy, ...changes }),
    ]),
  );
}
