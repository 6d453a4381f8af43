import {
  hashToken,
  invitationId,
  KeyRing,
  linkId,
  mailId,
  type Acceptance,
  type Connection,
  type FreshLink,
  type Invitation,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresDeploymentAuditLog,
  PostgresInvitationStore,
  PostgresLinkStore,
  PostgresMemberStore,
  PostgresRemovedMemberStore,
  PostgresSweeper,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  anExistingConnection,
  anExistingTenant,
  aPerson,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import { forgetMails, takeMails } from '../testing/take-mails';
import { rowsInTenant, rowsOf } from '../transaction';

let database: TestDatabase;
let invitations: PostgresInvitationStore;
let members: PostgresMemberStore;
let links: PostgresLinkStore;
let acme: Tenant;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
beforeAll(async () => {
  database = await createTestDatabase();
  invitations = new PostgresInvitationStore(database.app, keyRing, chance);
  members = new PostgresMemberStore(database.app, chance);
  links = new PostgresLinkStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

function anInvitation(given: Partial<Invitation> = {}, tenant = acme): Invitation {
  const id = invitationId.create(now, chance);
  return {
    ...{ id, tenantId: tenant.id, email: `${id}@mail.example`, role: 'member', language: 'de' },
    ...{ invitedBy: { kind: 'operator' }, state: 'open', createdAt: now, sentAt: now, expiresAt: later(60) },
    ...given,
  };
}

function aLink({ email, expiresAt }: Invitation, token: string): FreshLink {
  const message = { kind: 'invitation', organisation: 'Acme', url: `https://x/${token}`, expiresAt } as const;
  const mail = {
    id: mailId.create(now, chance),
    to: email,
    language: 'de',
    message,
    createdAt: now,
  } as const;
  return { tokenHash: hashToken(token), mail };
}

async function add(invitation: Invitation, token: string = invitation.id) {
  const reason = because(invitation.tenantId, 'invitation.created', invitation.id);
  return invitations.add(invitation.tenantId, invitation, aLink(invitation, token), reason);
}

async function anOpenInvitation(given: Partial<Invitation> = {}, tenant = acme): Promise<Invitation> {
  const invitation = anInvitation(given, tenant);
  expect(await add(invitation)).toBe('added');
  return invitation;
}

const browserKeyHash = 'this browser';

function open({ tenantId, id }: Invitation, given: { by?: string; token?: string; at?: Date } = {}) {
  const { by = browserKeyHash, token = id, at = now } = given;
  const reason = { ...because(tenantId, 'invitation.opened', id), at };
  return invitations.open(tenantId, id, { tokenHash: hashToken(token), browserKeyHash: by }, reason);
}

function acceptance(invitation: Invitation, given: Partial<Acceptance> = {}): Acceptance {
  const person = aPerson(invitation.tenantId, { email: invitation.email, role: invitation.role });
  return { invitation, tokenHash: hashToken(invitation.id), browserKeyHash, person, ...given };
}

function accept(invitation: Invitation, given: Partial<Acceptance> = {}) {
  const reasons = [because(invitation.tenantId, 'invitation.accepted', invitation.id)];
  const accepting = acceptance(invitation, given);
  const { user } = accepting.person;
  const change = {
    type: 'credential.password_changed',
    at: now,
    actor: { kind: 'person' },
    subject: user.id,
  } as const;
  const told = {
    to: user.email,
    language: 'de',
    message: { kind: 'password-changed' },
    createdAt: now,
  } as const;
  const password = { hash: 'a hash', because: change, mail: { id: mailId.create(now, chance), ...told } };
  return invitations.acceptWithPassword(invitation.tenantId, accepting, password, reasons);
}

function acceptAs(invitation: Invitation) {
  const reasons = [because(invitation.tenantId, 'invitation.accepted', invitation.id)];
  return invitations.acceptAs(invitation.tenantId, acceptance(invitation), reasons);
}

async function aMember(email: string, tenant: Tenant): Promise<NewPerson> {
  const outcome = await members.add(tenant.id, aPerson(tenant.id, { email }), because(tenant.id));
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.person;
}

async function passwordOf(email: string): Promise<string | undefined> {
  const sql = 'SELECT p.hash FROM passwords p JOIN users u ON u.id = p.user_id WHERE u.email_key = $1';
  return (await rowsOf(database.app, sql, [email.toLowerCase()]))[0]?.text('hash');
}

async function happened(type: string): Promise<number> {
  const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 100 });
  return entries.filter((entry) => entry.type === type).length;
}

describe('the store of invitations', () => {
  it('gives back what it was given, by ID, by link and by address, and nothing to another tenant [TEN-5]', async () => {
    const exemption = { reason: 'contractor', until: later(600) };
    const inviter = { name: 'Eve', inviter: 'Ada', invitedBy: { kind: 'member', id: 'mem_1' } } as const;
    const invitation = await anOpenInvitation({ sso: 'inherit', exemption, ...inviter });
    const globex = await anExistingTenant(database.app);
    await expect(invitations.find(acme.id, invitation.id)).resolves.toEqual(invitation);
    await expect(invitations.find(globex.id, invitation.id)).resolves.toBeUndefined();
    await expect(invitations.findByTokenAnywhere(hashToken(invitation.id))).resolves.toEqual(invitation);
    await expect(invitations.findByTokenAnywhere(invitation.id)).resolves.toBeUndefined();
    const byAddress = (tenant: Tenant, at = now) =>
      invitations.findOpen(tenant.id, invitation.email.toUpperCase(), at);
    await expect(byAddress(acme)).resolves.toEqual(invitation);
    await expect(byAddress(acme, later(60))).resolves.toBeUndefined();
    await expect(byAddress(globex)).resolves.toBeUndefined();
  });

  it('queues the mail with it, and neither where one of them fails [TEN-5]', async () => {
    await forgetMails(database.app);
    const invitation = await anOpenInvitation();
    await expect(add(anInvitation({ email: invitation.email }))).resolves.toBe('another-open');
    expect(await takeMails(database.app, keyRing, now)).toMatchObject([
      {
        to: invitation.email,
        language: 'de',
        message: { kind: 'invitation', url: `https://x/${invitation.id}` },
      },
    ]);
  });

  it('keeps no link, only what it is recognised by [TEN-5]', async () => {
    const token = 'the-token-of-the-link';
    await add(anInvitation(), token);
    const [row] = await rowsInTenant(
      database.app,
      acme.id,
      'SELECT to_jsonb(i) AS row FROM invitations i',
      [],
    );
    expect(JSON.stringify(row?.record())).toContain(hashToken(token));
    expect(JSON.stringify(row?.record())).not.toContain(token);
    expect(JSON.stringify(await invitations.list(acme.id, { limit: 1 }))).not.toContain(hashToken(token));
  });

  it('has one open for an address and tenant, whatever its case, also when many are written at once [TEN-5]', async () => {
    const email = `race@${acme.slug}.example`;
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        add(anInvitation({ email: index % 2 ? email : email.toUpperCase() })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
    expect(await happened('invitation.created')).toBe(1);
    const globex = await anExistingTenant(database.app);
    await anOpenInvitation({ email }, globex);
  });

  it('makes room for a new one when the one before has expired, and invites no member [TEN-5]', async () => {
    const old = await anOpenInvitation({ expiresAt: later(5) });
    const next = anInvitation({ email: old.email, createdAt: later(5) });
    await expect(add(next)).resolves.toBe('added');
    await expect(invitations.find(acme.id, old.id)).resolves.toMatchObject({
      state: 'revoked',
      endedAt: later(5),
    });
    const ada = await aMember(`ada@${acme.slug}.example`, acme);
    await expect(add(anInvitation({ email: ada.user.email.toUpperCase() }))).resolves.toBe('already-member');
  });

  it('lists newest first, page by page and by state', async () => {
    const made: Invitation[] = [];
    for (let index = 0; index < 3; index++) made.push(await anOpenInvitation());
    const all = made.toSorted((one, other) => (one.id < other.id ? 1 : -1));
    await expect(invitations.list(acme.id, { limit: 10 })).resolves.toEqual(all);
    const [newest, middle, oldest] = all;
    await expect(invitations.list(acme.id, { after: newest?.id ?? '', limit: 1 })).resolves.toEqual([middle]);
    await invitations.revoke(acme.id, oldest?.id ?? 'inv_', because(acme.id, 'invitation.revoked'));
    await expect(invitations.list(acme.id, { limit: 10 }, 'revoked')).resolves.toMatchObject([
      { id: oldest?.id },
    ]);
    await expect(invitations.list(acme.id, { limit: 10 }, 'open')).resolves.toHaveLength(2);
  });
});

describe('a link', () => {
  it('is opened by one browser, which may come back, also when several race [TEN-5]', async () => {
    const invitation = await anOpenInvitation();
    const browsers = Array.from({ length: 8 }, (_, index) => `browser ${index}`);
    const outcomes = await Promise.all(browsers.map((by) => open(invitation, { by })));
    expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'elsewhere')).toHaveLength(7);
    const first = browsers[outcomes.indexOf('opened')] ?? '';
    await expect(open(invitation, { by: first })).resolves.toBe('opened');
    expect(await happened('invitation.opened')).toBe(1);
  });

  it('is good for nothing once it has expired, was withdrawn or replaced [TEN-5]', async () => {
    const [old, withdrawn, renewed] = [
      await anOpenInvitation(),
      await anOpenInvitation(),
      await anOpenInvitation(),
    ];
    await expect(open(old, { at: old.expiresAt })).resolves.toBe('gone');
    await invitations.revoke(acme.id, withdrawn.id, because(acme.id, 'invitation.revoked', withdrawn.id));
    await expect(open(withdrawn)).resolves.toBe('gone');
    await open(renewed);
    const again = { ...renewed, sentAt: later(1), expiresAt: later(61) };
    const reason = because(acme.id, 'invitation.resent', renewed.id);
    await expect(invitations.renew(acme.id, again, aLink(again, 'new'), reason)).resolves.toBe('renewed');
    await expect(invitations.find(acme.id, renewed.id)).resolves.toEqual(again);
    await expect(open(renewed)).resolves.toBe('gone');
    await expect(accept(renewed)).resolves.toEqual({ kind: 'gone' });
    await expect(open(renewed, { by: 'another browser', token: 'new' })).resolves.toBe('opened');
    await expect(invitations.renew(acme.id, withdrawn, aLink(withdrawn, 'w'), reason)).resolves.toBe(
      'not-open',
    );
    await expect(invitations.revoke(acme.id, withdrawn.id, reason)).resolves.toBe('not-open');
  });

  it('of one tenant leads nowhere in another [TEN-5] [SEC-3]', async () => {
    const globex = await anExistingTenant(database.app);
    const invitation = await anOpenInvitation();
    await open(invitation);
    const foreign = { ...invitation, tenantId: globex.id };
    await expect(open(foreign)).resolves.toBe('gone');
    await expect(accept(foreign)).resolves.toEqual({ kind: 'gone' });
    await expect(invitations.revoke(globex.id, invitation.id, because(globex.id))).resolves.toBe('not-open');
    await expect(members.list(globex.id, { limit: 5 })).resolves.toEqual([]);
  });
});

describe('accepting an invitation', () => {
  it('with a password makes user, password and member together [TEN-5]', async () => {
    const invitation = await anOpenInvitation({ role: 'viewer' });
    await open(invitation);
    const accepting = acceptance(invitation);
    await expect(accept(invitation, accepting)).resolves.toEqual({
      kind: 'accepted',
      person: accepting.person,
    });
    await expect(members.find(acme.id, accepting.person.member.id)).resolves.toEqual(accepting.person);
    await expect(passwordOf(invitation.email)).resolves.toBe('a hash');
    await expect(invitations.find(acme.id, invitation.id)).resolves.toMatchObject({ state: 'accepted' });
  });

  it('works once when many try at the same time, and only where the link was opened [TEN-5]', async () => {
    const invitation = await anOpenInvitation();
    await expect(accept(invitation)).resolves.toEqual({ kind: 'gone' });
    await open(invitation);
    await expect(accept(invitation, { browserKeyHash: 'another' })).resolves.toEqual({ kind: 'gone' });
    await expect(accept(invitation, { tokenHash: 'another' })).resolves.toEqual({ kind: 'gone' });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => accept(invitation)));
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'gone')).toHaveLength(9);
    expect(await happened('invitation.accepted')).toBe(1);
  });

  it('gives no password to an account that has one, and nothing is used up by the try [TEN-5]', async () => {
    const globex = await anExistingTenant(database.app);
    const theirs = await anOpenInvitation({}, globex);
    await open(theirs);
    await accept(theirs);
    const invitation = await anOpenInvitation({ email: theirs.email.toUpperCase() });
    await open(invitation);
    await expect(invitations.canSignInAnywhere(invitation.email)).resolves.toBe(true);
    await expect(accept(invitation)).resolves.toEqual({ kind: 'account-exists' });
    await expect(invitations.find(acme.id, invitation.id)).resolves.toMatchObject({ state: 'open' });
    await expect(acceptAs(invitation)).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('sets the first password of a user whom another tenant made and who has nothing to sign in with [TEN-5]', async () => {
    const globex = await anExistingTenant(database.app);
    const there = await aMember(`known@${acme.slug}.example`, globex);
    await expect(invitations.canSignInAnywhere(there.user.email)).resolves.toBe(false);
    const invitation = await anOpenInvitation({ email: there.user.email });
    await open(invitation);
    await forgetMails(database.app);
    await expect(accept(invitation)).resolves.toMatchObject({
      kind: 'accepted',
      person: { user: there.user },
    });
    await expect(invitations.canSignInAnywhere(there.user.email)).resolves.toBe(true);
    expect(await takeMails(database.app, keyRing, now)).toMatchObject([
      { to: there.user.email, message: { kind: 'password-changed' } },
    ]);
    const entries = await new PostgresDeploymentAuditLog(database.app, chance).list('credential', {
      limit: 9,
    });
    expect(entries).toContainEqual(expect.objectContaining({ subject: there.user.id }));
  });

  it.each([
    [
      'a passkey',
      `INSERT INTO passkeys (id, user_id, public_key, counter, transports, label, backed_up, created_at)
       VALUES ($2, $1, 'k', 0, '[]', 'l', false, now())`,
    ],
    [
      'an authenticator app',
      `INSERT INTO totp_secrets (user_id, sealed_secret, confirmed_at, created_at)
       VALUES ($1, $2, now(), now())`,
    ],
  ])('is for who has %s after signing in to the account only [TEN-5]', async (_, sql) => {
    const globex = await anExistingTenant(database.app);
    const there = await aMember(`mfa@${acme.slug}.example`, globex);
    await rowsOf(database.app, sql, [there.user.id, there.user.id]);
    const invitation = await anOpenInvitation({ email: there.user.email });
    await open(invitation);
    await expect(accept(invitation)).resolves.toEqual({ kind: 'account-exists' });
    await expect(passwordOf(there.user.email)).resolves.toBeUndefined();
  });

  it('lets somebody in again who was removed, as invited [TEN-11]', async () => {
    const ada = await aMember(`again@${acme.slug}.example`, acme);
    await members.remove(acme.id, ada.member, because(acme.id, 'member.removed'));
    const invitation = await anOpenInvitation({ email: ada.user.email, role: 'viewer' });
    await open(invitation);
    await expect(accept(invitation)).resolves.toMatchObject({ person: { member: { role: 'viewer' } } });
    await expect(
      new PostgresRemovedMemberStore(database.app, chance).list(acme.id, { limit: 5 }),
    ).resolves.toEqual([]);
  });

  it('makes nobody a member twice', async () => {
    const invitation = await anOpenInvitation();
    await open(invitation);
    await aMember(invitation.email, acme);
    await expect(acceptAs(invitation)).resolves.toEqual({ kind: 'already-member' });
    await expect(invitations.find(acme.id, invitation.id)).resolves.toMatchObject({ state: 'open' });
  });
});

describe('coming in by single sign-on as invited', () => {
  async function admit(invitation: Invitation, through: Connection) {
    const person = aPerson(acme.id, { email: invitation.email, role: invitation.role });
    const link = {
      ...{
        id: linkId.create(now, chance),
        tenantId: acme.id,
        connectionId: through.id,
        userId: person.user.id,
      },
      ...{ issuer: 'https://idp.example', subject: invitation.email, createdAt: now },
    };
    const known = await invitations.find(acme.id, invitation.id);
    const reasons = [because(acme.id, 'invitation.accepted', invitation.id)];
    return links.admitInvited(acme.id, known ?? invitation, person, link, reasons);
  }

  it('makes user, member and link once, when many sign in at the same time [TEN-5]', async () => {
    const connection = await anExistingConnection(database.app, acme.id);
    const invitation = await anOpenInvitation({ role: 'viewer' });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => admit(invitation, connection)));
    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'gone')).toHaveLength(7);
    const identity = { issuer: 'https://idp.example', subject: invitation.email };
    const linked = await links.findPerson(acme.id, connection.id, identity);
    expect(linked).toMatchObject({ member: { role: 'viewer' } });
    await expect(invitations.find(acme.id, invitation.id)).resolves.toMatchObject({ state: 'accepted' });
  });

  it('links an existing user only once the invitation was opened, and who was removed too [TEN-5] [TEN-11] [LNK-1]', async () => {
    const connection = await anExistingConnection(database.app, acme.id);
    const ada = await aMember(`sso@${acme.slug}.example`, acme);
    await members.remove(acme.id, ada.member, because(acme.id, 'member.removed'));
    const invitation = await anOpenInvitation({ email: ada.user.email });
    await expect(admit(invitation, connection)).resolves.toEqual({ kind: 'user-exists' });
    await expect(invitations.find(acme.id, invitation.id)).resolves.toMatchObject({ state: 'open' });
    await open(invitation);
    await expect(admit(invitation, connection)).resolves.toMatchObject({ person: { user: ada.user } });
    await expect(
      new PostgresRemovedMemberStore(database.app, chance).list(acme.id, { limit: 5 }),
    ).resolves.toEqual([]);
  });

  it('is refused for what was decided of an invitation before it was renewed [TEN-5]', async () => {
    const connection = await anExistingConnection(database.app, acme.id);
    const invitation = await anOpenInvitation({ role: 'admin' });
    await open(invitation);
    const decided = await invitations.find(acme.id, invitation.id);
    await invitations.renew(
      acme.id,
      invitation,
      aLink(invitation, 'renewed'),
      because(acme.id, 'invitation.resent'),
    );
    const person = aPerson(acme.id, { email: invitation.email, role: 'admin' });
    const link = {
      ...{
        id: linkId.create(now, chance),
        tenantId: acme.id,
        connectionId: connection.id,
        userId: person.user.id,
      },
      ...{ issuer: 'https://idp.example', subject: 'x', createdAt: now },
    };
    const outcome = links.admitInvited(acme.id, decided ?? invitation, person, link, []);
    await expect(outcome).resolves.toEqual({ kind: 'gone' });
    await expect(members.list(acme.id, { limit: 5 })).resolves.toEqual([]);
  });
});

describe('sweeping invitations', () => {
  it('forgets those that are over for ninety days, and none that is open or was so lately [TEN-5]', async () => {
    const days = 24 * 60;
    const [old, young] = [await anOpenInvitation(), await anOpenInvitation({ expiresAt: later(days) })];
    await new PostgresSweeper(database.app).sweep(later(90 * days + 61));
    await expect(invitations.find(acme.id, old.id)).resolves.toBeUndefined();
    await expect(invitations.find(acme.id, young.id)).resolves.toEqual(young);
  });
});
