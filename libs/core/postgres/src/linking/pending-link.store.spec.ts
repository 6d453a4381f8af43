import {
  linkId,
  memberId,
  pendingLinkId,
  type ConfirmedLink,
  type Connection,
  type NewPerson,
  type PendingLink,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresLinkStore,
  PostgresLoginFlowStore,
  PostgresMemberStore,
  PostgresPendingLinkStore,
  PostgresSweeper,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aFlow, anExistingTenant, because, chance, later, now } from '../testing/given';
import { aMemberOf, asTenant, aTenantWith } from '../testing/given-enforcement';
import {
  aServingConnection,
  aVerifiedDomain,
  issuer,
  LinkingDesk,
  requestOf,
} from '../testing/given-linking';
import { inTenant } from '../transaction';

let database: TestDatabase;
let store: PostgresPendingLinkStore;
let desk: LinkingDesk;
let acme: Tenant;
let connection: Connection;
let ida: NewPerson;
let domain: string;
let people = 0;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new LinkingDesk(database.app);
  store = new PostgresPendingLinkStore(database.app, desk.keyRing, chance);
  acme = await aTenantWith(database.app, { sso: 'optional' });
  domain = await aVerifiedDomain(database.app, acme);
  connection = await aServingConnection(database.app, acme);
  ida = await aMemberOf(database.app, acme, { email: `ida-${(people += 1)}@${domain}` });
});
// Each desk has a key of its own: what one sealed no other can read.
afterEach(() => desk.mails());
afterAll(() => database.drop());

/** An identity that came for Ida in a round of its own. */
async function held(given: Partial<PendingLink> = {}): Promise<PendingLink> {
  const flows = new PostgresLoginFlowStore(database.app);
  const flow = aFlow(connection, { purpose: 'link', link: { memberId: ida.member.id } });
  await flows.start(acme.id, flow);
  const answer = { requestId: flow.requestId, assertionId: flow.requestId, rememberUntil: later(15) };
  await flows.take(acme.id, connection.id, answer, now);
  const id = pendingLinkId.create(now, chance);
  const pending: PendingLink = {
    ...{ id, tenantId: acme.id, connectionId: connection.id, flowId: flow.id, cause: 'sign-in' },
    ...{ userId: ida.user.id, email: ida.user.email, issuer, subject: 'ida', sameAddress: true },
    ...{ trust: 'as it was', browserKeyHash: 'browser', codes: 0, tries: 0 },
    ...{ createdAt: now, expiresAt: later(15) },
    ...given,
  };
  await store.hold(acme.id, pending, `ticket of ${id}`);
  return pending;
}

function confirming(pending: PendingLink, given: Partial<ConfirmedLink> = {}): ConfirmedLink {
  const linking = desk.linking(connection, ida, pending.subject);
  return {
    ...linking,
    link: { ...linking.link, id: linkId.create(now, chance) },
    ownersToo: false,
    ...given,
  };
}

function codeOf(pending: PendingLink, code: string) {
  const mail = { ...confirming(pending).mail, createdAt: now };
  return { codeHash: code, mail };
}

/** A user of another tenant who may join this one, and as what. */
async function joiner() {
  const globex = await aTenantWith(database.app, { sso: 'optional' });
  const user = await aMemberOf(database.app, globex, { email: `joiner-${(people += 1)}@${domain}` });
  const pending = await held({ userId: user.user.id, email: user.user.email, subject: user.user.id });
  const id = memberId.create(now, chance);
  const ids = { id, tenantId: acme.id, userId: user.user.id, createdAt: now };
  const joining = { ...ids, role: 'viewer', sso: 'inherit' } as const;
  const linking = desk.linking(connection, user, pending.subject);
  return { user, pending, confirmed: { ...linking, joining, ownersToo: false } };
}

async function linkedTo(subject: string): Promise<string | undefined> {
  const links = new PostgresLinkStore(database.app, chance);
  return (await links.findPerson(acme.id, connection.id, { issuer, subject }))?.user.email;
}

describe('the store of pending links', () => {
  it('keeps all of it for the browser that comes with the ticket, and for no other tenant [LNK-5] [SEC-3]', async () => {
    const whole = {
      identityEmail: 'ida.b@acme.example',
      joining: { role: 'viewer', sso: 'sso' },
      interactionId: 'waiting',
      cause: 'mail',
    } as const;
    const pending = await held(whole);
    await expect(store.findByFlow(acme.id, pending.flowId)).resolves.toEqual(pending);
    await expect(store.findAnywhere(pending.id)).resolves.toEqual(pending);
    const flows = new PostgresLoginFlowStore(database.app);
    const finished = await flows.finishAnywhere(`ticket of ${pending.id}`, 'browser', now);
    expect(finished).toMatchObject({ flow: { purpose: 'link', link: { memberId: ida.member.id } } });
    const globex = await anExistingTenant(database.app);
    await expect(store.findByFlow(globex.id, pending.flowId)).resolves.toBeUndefined();
    await expect(store.tryCode(globex.id, pending.id, 'x', now)).resolves.toBe('over');
    await expect(store.findAnywhere(pendingLinkId.create(now, chance))).resolves.toBeUndefined();
  });

  it('holds one for a round, and none for a round that nobody answered [LNK-5]', async () => {
    const pending = await held();
    const again = { ...pending, id: pendingLinkId.create(now, chance) };
    await expect(store.hold(acme.id, again, 'another ticket')).rejects.toThrow();
    const flow = aFlow(connection);
    await new PostgresLoginFlowStore(database.app).start(acme.id, flow);
    await expect(store.hold(acme.id, { ...again, flowId: flow.id }, 'a third')).rejects.toThrow('not taken');
  });

  it('counts five tries and looks at no more, also when they come at once [LNK-5]', async () => {
    const pending = await held();
    await expect(store.sendCode(acme.id, pending.id, codeOf(pending, 'right'))).resolves.toBe('sent');
    const guesses = Array.from({ length: 20 }, (_, guess) =>
      store.tryCode(acme.id, pending.id, `wrong ${guess}`, now),
    );
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(4);
    await expect(store.tryCode(acme.id, pending.id, 'right', now)).resolves.toBe('over');
    await expect(store.sendCode(acme.id, pending.id, codeOf(pending, 'new'))).resolves.toBe('over');
  });

  it('knows the newest code only, which is good for this pending link alone [LNK-5]', async () => {
    const [pending, other] = [await held(), await held({ subject: 'other' })];
    for (const code of ['first', 'second']) await store.sendCode(acme.id, pending.id, codeOf(pending, code));
    await expect(store.tryCode(acme.id, pending.id, 'first', now)).resolves.toBe('wrong');
    await expect(store.tryCode(acme.id, other.id, 'second', now)).resolves.toBe('wrong');
    await expect(store.tryCode(acme.id, pending.id, 'second', now)).resolves.toBe('right');
  });

  it('mails three codes at most, each in the transaction that makes it count [LNK-5]', async () => {
    const pending = await held();
    for (const code of ['1', '2', '3'])
      await expect(store.sendCode(acme.id, pending.id, codeOf(pending, code))).resolves.toBe('sent');
    await expect(store.sendCode(acme.id, pending.id, codeOf(pending, '4'))).resolves.toBe('over');
    await expect(desk.mails()).resolves.toHaveLength(3);
  });

  it('is over after its time, for codes and for the link [LNK-5]', async () => {
    const pending = await held({ expiresAt: now });
    await expect(store.sendCode(acme.id, pending.id, codeOf(pending, 'late'))).resolves.toBe('over');
    await expect(store.tryCode(acme.id, pending.id, 'late', now)).resolves.toBe('over');
    await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('gone');
    await new PostgresSweeper(database.app).sweep(later(1));
    await expect(store.findAnywhere(pending.id)).resolves.toBeUndefined();
  });
});

describe('the link that comes of it', () => {
  it('is written once, however many confirm it at the same time [LNK-1] [LNK-5]', async () => {
    const pending = await held();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => store.link(acme.id, pending.id, confirming(pending))),
    );
    expect(outcomes.toSorted()).toEqual([...Array<string>(7).fill('gone'), 'linked']);
    await expect(linkedTo('ida')).resolves.toBe(ida.user.email);
    const written = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
    expect(written.filter(({ type }) => type === 'member.linked')).toHaveLength(1);
    await expect(store.findAnywhere(pending.id)).resolves.toMatchObject({ linkedAt: now });
  });

  it('uses the request up whose mail led to it, or is not written [LNK-3]', async () => {
    await desk.requests.askAll(acme.id, connection.id);
    const [mail] = await desk.mails();
    if (!mail) throw new Error('Nobody was asked.');
    const linkRequestId = requestOf(mail);
    const [pending, another] = [
      await held({ linkRequestId }),
      await held({ linkRequestId, subject: 'second' }),
    ];
    await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('linked');
    await expect(desk.store.find(acme.id, linkRequestId)).resolves.toMatchObject({ usedAt: now });
    await expect(store.link(acme.id, another.id, confirming(another))).resolves.toBe('gone');
    await expect(linkedTo('second')).resolves.toBeUndefined();
    await expect(store.findAnywhere(another.id)).resolves.not.toHaveProperty('linkedAt');
  });

  it('is no owner’s by a mailbox, and is one’s who shows a password [LNK-5]', async () => {
    const pending = await held();
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows(`UPDATE members SET role = 'owner' WHERE id = $1`, [ida.member.id]),
    );
    await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('owner');
    await expect(linkedTo('ida')).resolves.toBeUndefined();
    const shown = confirming(pending, { ownersToo: true });
    await expect(store.link(acme.id, pending.id, shown)).resolves.toBe('linked');
  });

  it('is not written for an identity of somebody else, and leaves nothing of the try [LNK-1]', async () => {
    const pending = await held({ subject: 'bob' });
    const bob = await aMemberOf(database.app, acme, { email: `bob-${people}@elsewhere.example` });
    await desk.links.link(acme.id, desk.linking(connection, bob, 'bob'));
    await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('taken');
    await expect(linkedTo('bob')).resolves.toBe(bob.user.email);
    await expect(store.findAnywhere(pending.id)).resolves.not.toHaveProperty('linkedAt');
  });

  it.each([
    ['suspended', 'UPDATE members SET suspended_at = now() WHERE id = $1'],
    [
      'unlinked by an administrator',
      `UPDATE members SET unlinked_at = '${later(1).toISOString()}' WHERE id = $1`,
    ],
    ['removed', 'DELETE FROM members WHERE id = $1'],
  ])('is not written for who was %s meanwhile [LNK-10] [TEN-11]', async (_, sql) => {
    const pending = await held();
    await inTenant(database.app, acme.id, (transaction) => transaction.rows(sql, [ida.member.id]));
    await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('gone');
    await expect(linkedTo('ida')).resolves.toBeUndefined();
  });

  it.each([
    ['switched off', 'UPDATE connections SET enabled_at = NULL WHERE id = $1'],
    ['removed', 'UPDATE connections SET deleted_at = now() WHERE id = $1'],
    [
      'turned to another identity provider',
      `UPDATE connections SET idp = jsonb_set(idp, '{entityId}', '"https://other.example"') WHERE id = $1`,
    ],
  ])('is not written where the connection was %s a moment ago [LNK-1] [LNK-5]', async (_, sql) => {
    const pending = await held();
    await inTenant(database.app, acme.id, (transaction) => transaction.rows(sql, [connection.id]));
    await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('gone');
    await expect(linkedTo('ida')).resolves.toBeUndefined();
  });

  it('rests on no domain that was lost meanwhile, unless a password was shown or the address counts for nothing [LNK-8] [DOM-8]', async () => {
    const byAddress = [
      await held({ subject: 'signed-in' }),
      await held({ subject: 'mailed', cause: 'mail' }),
    ];
    const joining = await joiner();
    const otherwise = [
      await held({ subject: 'by-code', cause: 'mail', sameAddress: false }),
      await held({ subject: 'by-password', cause: 'account' }),
    ];
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('UPDATE domains SET verified_at = NULL WHERE name = $1', [domain]),
    );
    for (const pending of byAddress)
      await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('gone');
    await expect(store.link(acme.id, joining.pending.id, joining.confirmed)).resolves.toBe('gone');
    for (const pending of otherwise)
      await expect(store.link(acme.id, pending.id, confirming(pending))).resolves.toBe('linked');
  });

  it('is not written by a letter to an address that the account no longer has [LNK-3]', async () => {
    await desk.requests.askAll(acme.id, connection.id);
    const [mail] = await desk.mails();
    if (!mail) throw new Error('Nobody was asked.');
    const email = `moved.${ida.user.email}`;
    await asTenant(
      ...([database.app, acme, 'SELECT take_profile_anywhere($1, $2, $3, $3, NULL, NULL)'] as const),
      [ida.user.id, acme.id, email],
    );
    const pending = await held({ email, cause: 'mail', linkRequestId: requestOf(mail) });
    const confirmed = confirming(pending);
    const now = { ...confirmed, mail: { ...confirmed.mail, to: email } };
    await expect(store.link(acme.id, pending.id, now)).resolves.toBe('gone');
    await expect(linkedTo('ida')).resolves.toBeUndefined();
  });

  it('is not written for an account that has another address than the code went to [LNK-5]', async () => {
    const pending = await held();
    const confirmed = confirming(pending);
    const moved = { ...confirmed, mail: { ...confirmed.mail, to: 'ida@elsewhere.example' } };
    await expect(store.link(acme.id, pending.id, moved)).resolves.toBe('gone');
    await expect(linkedTo('ida')).resolves.toBeUndefined();
  });
});

describe('a user of other tenants', () => {
  it('becomes a member with the link, or gets neither [LNK-7]', async () => {
    const { user, pending, confirmed } = await joiner();
    const members = new PostgresMemberStore(database.app, chance);
    await expect(store.link(acme.id, pending.id, confirmed)).resolves.toBe('linked');
    await expect(members.find(acme.id, confirmed.joining.id)).resolves.toMatchObject({
      member: { role: 'viewer' },
    });
    await expect(linkedTo(user.user.id)).resolves.toBe(user.user.email);
    const other = await joiner();
    await desk.links.link(acme.id, desk.linking(connection, ida, other.pending.subject));
    await expect(store.link(acme.id, other.pending.id, other.confirmed)).resolves.toBe('taken');
    await expect(members.find(acme.id, other.confirmed.joining.id)).resolves.toBeUndefined();
  });

  it('stays out who was removed since, by whatever way they had come in [LNK-7] [TEN-11]', async () => {
    const { user, pending, confirmed } = await joiner();
    const members = new PostgresMemberStore(database.app, chance);
    await members.add(acme.id, { user: user.user, member: confirmed.joining }, because(acme.id));
    const removal = { ...because(acme.id, 'member.removed'), actor: { kind: 'operator' } } as const;
    await members.remove(acme.id, confirmed.joining, removal);
    await expect(store.link(acme.id, pending.id, confirmed)).resolves.toBe('gone');
    await expect(members.find(acme.id, confirmed.joining.id)).resolves.toBeUndefined();
  });
});
