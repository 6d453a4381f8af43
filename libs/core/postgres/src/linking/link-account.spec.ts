import {
  apiTokenId,
  type ApiToken,
  type Connection,
  type NewLink,
  type NewPerson,
  type OutgoingMail,
  type Session,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresApiTokenStore,
  PostgresAuditLog,
  PostgresConnectionStore,
  PostgresLinkStore,
  PostgresMemberStore,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aSession, because, chance, later, now } from '../testing/given';
import { aMemberOf, aTenantWith, asTenant } from '../testing/given-enforcement';
import {
  aServingConnection,
  aVerifiedDomain,
  issuer,
  LinkingDesk,
  requestOf,
} from '../testing/given-linking';

let database: TestDatabase;
let desk: LinkingDesk;
let acme: Tenant;
let connection: Connection;
let ida: NewPerson;
let letter: OutgoingMail;
let people = 0;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new LinkingDesk(database.app);
  acme = await aTenantWith(database.app, { sso: 'optional' });
  const domain = await aVerifiedDomain(database.app, acme);
  connection = await aServingConnection(database.app, acme);
  ida = await aMemberOf(database.app, acme, { email: `ida-${(people += 1)}@${domain}` });
  await desk.requests.askAll(acme.id, connection.id);
  const [mail] = await desk.mails();
  if (!mail) throw new Error('Nobody was asked.');
  letter = mail;
});
afterEach(() => desk.mails());
afterAll(() => database.drop());

function use(linking: NewLink = desk.linking(connection, ida)) {
  return desk.store.use(acme.id, requestOf(letter), linking);
}

async function linkedTo(subject: string) {
  const store = new PostgresLinkStore(database.app, chance);
  return (await store.findPerson(acme.id, connection.id, { issuer, subject }))?.user.id;
}

async function standsNow(request = requestOf(letter)) {
  return desk.store.find(acme.id, request);
}

/** Opens sessions; answers which of them are still open. */
async function sessions(...given: Partial<Session>[]): Promise<() => Promise<string[]>> {
  const store = new PostgresSessionStore(database.app, chance);
  const opened = given.map((each) => aSession(ida, connection, { expiresAt: later(1440), ...each }));
  for (const session of opened) await store.open(session.tenantId, session, because(session.tenantId));
  return async () => {
    const still = await Promise.all(opened.map(({ id }) => store.findOpenAnywhere(id, desk.now)));
    return still.flatMap((session) => (session ? [session.via] : []));
  };
}

async function anApiToken(): Promise<() => Promise<boolean>> {
  const token: ApiToken = {
    ...{ id: apiTokenId.create(now, chance), tenantId: acme.id, memberId: ida.member.id, name: 'Report' },
    ...{ scopes: ['sessions:read'], createdAt: now, createdBy: { kind: 'operator' }, expiresAt: later(1440) },
  };
  await new PostgresApiTokenStore(database.app, chance).add(acme.id, token, token.id, 50, because(acme.id));
  return async () => {
    const [row] = await asTenant(database.app, acme, 'SELECT revoked_at FROM api_tokens WHERE id = $1', [
      token.id,
    ]);
    return row?.optionalDate('revoked_at') === undefined;
  };
}

describe('the link in the mail', () => {
  it('links the account to the identity, once of twenty parallel tries [LNK-3]', async () => {
    const tries = Array.from({ length: 20 }, () => use(desk.linking(connection, ida)));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'linked')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['linked', 'gone']));
    await expect(linkedTo(ida.user.id)).resolves.toBe(ida.user.id);
    expect((await standsNow())?.usedAt).toEqual(desk.now);
    expect(await desk.mails()).toMatchObject([
      { to: ida.user.email, message: { kind: 'account-linked', organisation: 'Acme', connection: 'Okta' } },
    ]);
  });

  it('links one of twenty identities that come with it at once [LNK-3] [LNK-1]', async () => {
    const tries = Array.from({ length: 20 }, (_, n) => use(desk.linking(connection, ida, `subject-${n}`)));
    await Promise.all(tries);
    const rows = await asTenant(database.app, acme, 'SELECT id FROM links WHERE user_id = $1', [ida.user.id]);
    expect(rows).toHaveLength(1);
  });

  it('is over after 72 hours, to the millisecond [LNK-3]', async () => {
    desk.pass(72 * 60);
    await expect(use()).resolves.toBe('gone');
    desk.now = new Date(desk.now.getTime() - 1);
    await expect(use()).resolves.toBe('linked');
  });

  it('remembers when it was first opened, and nothing once it is over [LNK-4]', async () => {
    const opened = () => desk.store.opened(acme.id, requestOf(letter), desk.now);
    const globex = await aTenantWith(database.app, {});
    await desk.store.opened(globex.id, requestOf(letter), desk.now);
    expect((await standsNow())?.openedAt).toBeUndefined();
    await opened();
    desk.pass(5);
    await opened();
    expect((await standsNow())?.openedAt).toEqual(now);
  });

  it.each([
    [
      'the member is suspended',
      () => asAcme('UPDATE members SET suspended_at = now() WHERE id = $1', ida.member.id),
    ],
    [
      'the tenant is suspended',
      () => asAcme('UPDATE tenants SET suspended_at = now() WHERE id = $1', acme.id),
    ],
    [
      'the member became an owner',
      () => asAcme("UPDATE members SET role = 'owner' WHERE id = $1", ida.member.id),
    ],
    ['the connection is off', () => save({})],
    ['the connection was deleted', () => save({ enabledAt: now, deletedAt: now })],
    [
      'the connection was turned to another identity provider',
      () => save({ enabledAt: now, idp: { ...requireIdp(), entityId: 'https://evil.example' } }),
    ],
    ['another letter replaced it', () => desk.requests.resend(acme, ida.member.id, byOperator)],
  ])('leads nowhere where %s [LNK-3]', async (_why, change) => {
    desk.pass(10);
    await change();
    await expect(use()).resolves.toBe('gone');
    await expect(linkedTo(ida.user.id)).resolves.toBeUndefined();
    expect((await standsNow())?.usedAt).toBeUndefined();
  });

  it('is gone with the member who was removed [LNK-3] [TEN-6]', async () => {
    const members = new PostgresMemberStore(database.app, chance);
    await members.remove(acme.id, ida.member, because(acme.id, 'member.removed', ida.member.id));
    await expect(standsNow()).resolves.toBeUndefined();
    await expect(use()).resolves.toBe('gone');
  });

  it('belongs to its tenant, member, connection and issuer: no other is linked by it [LNK-1] [LNK-3]', async () => {
    const globex = await aTenantWith(database.app, { sso: 'optional' });
    const theirs = await aServingConnection(database.app, globex);
    const eve = await aMemberOf(database.app, globex);
    const jon = await aMemberOf(database.app, acme);
    const second = await aServingConnection(database.app, acme);
    const id = requestOf(letter);
    await expect(desk.store.use(globex.id, id, desk.linking(theirs, eve))).resolves.toBe('gone');
    await expect(desk.store.use(globex.id, id, desk.linking(theirs, ida))).resolves.toBe('gone');
    await expect(use(desk.linking(connection, jon))).resolves.toBe('gone');
    await expect(use(desk.linking(second, ida))).resolves.toBe('gone');
    const { link, ...rest } = desk.linking(connection, ida);
    await expect(use({ link: { ...link, issuer: 'https://evil.example' }, ...rest })).resolves.toBe('gone');
    await expect(use()).resolves.toBe('linked');
  });

  it('takes no identity of somebody else, and is not used up by the try [LNK-1]', async () => {
    const jon = await aMemberOf(database.app, acme);
    await desk.links.link(acme.id, desk.linking(connection, jon, 'taken'));
    await expect(use(desk.linking(connection, ida, 'taken'))).resolves.toBe('taken');
    expect((await standsNow())?.usedAt).toBeUndefined();
    await expect(use()).resolves.toBe('linked');
  });

  it('is found by its token in whichever tenant, and by nothing else [LNK-3]', async () => {
    const found = await standsNow();
    await expect(desk.store.findByTokenAnywhere(found?.tokenHash ?? '')).resolves.toEqual(found);
    await expect(desk.store.findByTokenAnywhere(requestOf(letter))).resolves.toBeUndefined();
    const globex = await aTenantWith(database.app, {});
    await expect(desk.store.find(globex.id, requestOf(letter))).resolves.toBeUndefined();
  });
});

describe('the first link of an account', () => {
  it('ends what was opened by a password or passkey before, and what the member gave to programs [LNK-3]', async () => {
    const globex = await aTenantWith(database.app, {});
    const elsewhere = { tenantId: globex.id };
    const open = await sessions(
      { via: 'password' },
      { via: 'passkey' },
      { via: 'saml' },
      { ...elsewhere, via: 'password' },
    );
    const works = await anApiToken();
    await expect(use()).resolves.toBe('linked');
    await expect(open()).resolves.toEqual(['saml', 'password']);
    await expect(works()).resolves.toBe(false);
    const log = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
    expect(log.filter(({ type }) => type === 'session.ended')).toHaveLength(2);
    expect(log).toContainEqual(
      expect.objectContaining({
        type: 'member.linked',
        subject: ida.member.id,
        data: { connectionId: connection.id, sessionsEnded: 2, tokensRevoked: 1 },
      }),
    );
  });

  it('is the only one that does: a second identity ends nothing [LNK-3]', async () => {
    await use();
    const open = await sessions({ via: 'password' });
    const works = await anApiToken();
    await expect(desk.links.link(acme.id, desk.linking(connection, ida, 'second'))).resolves.toBe('linked');
    await expect(open()).resolves.toEqual(['password']);
    await expect(works()).resolves.toBe(true);
  });

  it('changes nothing where the identity is linked to the very account already [LNK-1]', async () => {
    await use();
    await desk.mails();
    const open = await sessions({ via: 'password' });
    await expect(desk.links.link(acme.id, desk.linking(connection, ida))).resolves.toBe('linked');
    await expect(open()).resolves.toEqual(['password']);
    await expect(desk.mails()).resolves.toEqual([]);
  });

  it('voids the letter that asks for it, where it is made by another way [LNK-3]', async () => {
    await desk.links.link(acme.id, desk.linking(connection, ida, 'by account page'));
    expect((await standsNow())?.revokedAt).toEqual(desk.now);
    await expect(use(desk.linking(connection, ida, 'by mail'))).resolves.toBe('gone');
  });

  it('is not made by itself for who was unlinked, even where that happened a moment ago [LNK-10] [LNK-9]', async () => {
    await use();
    await desk.unlinking.unlink(acme.id, ida.member.id, undefined, byOperator);
    const automatic = { ...desk.linking(connection, ida), automatic: true };
    await expect(desk.links.link(acme.id, automatic)).resolves.toBe('gone');
    await expect(linkedTo(ida.user.id)).resolves.toBeUndefined();
  });

  it('is made by itself for one of ten identities that come with the address at once [LNK-11] [LNK-9]', async () => {
    const tries = Array.from({ length: 10 }, (_, n) => {
      const linking = desk.linking(connection, ida, `subject-${n}`);
      return desk.links.link(acme.id, { ...linking, automatic: true });
    });
    const outcomes = await Promise.all(tries);
    expect(outcomes.toSorted()).toEqual([...Array<string>(9).fill('gone'), 'linked']);
  });

  it('writes nothing for who is suspended or no member [LNK-1]', async () => {
    const globex = await aTenantWith(database.app, {});
    const eve = await aMemberOf(database.app, globex);
    await expect(desk.links.link(acme.id, desk.linking(connection, eve))).resolves.toBe('gone');
    await asAcme('UPDATE members SET suspended_at = now() WHERE id = $1', ida.member.id);
    await expect(desk.links.link(acme.id, desk.linking(connection, ida))).resolves.toBe('gone');
    await expect(linkedTo(ida.user.id)).resolves.toBeUndefined();
  });
});

describe('unlinking a member', () => {
  it('takes links, sessions by single sign-on and open letters, and lets nothing link by itself again [LNK-10]', async () => {
    await use();
    const open = await sessions({ via: 'saml' }, { via: 'password' });
    const taken = await desk.unlinking.unlink(acme.id, ida.member.id, undefined, byOperator);
    expect(taken).toEqual({ links: 1, sessionsEnded: 1 });
    await expect(linkedTo(ida.user.id)).resolves.toBeUndefined();
    await expect(open()).resolves.toEqual(['password']);
    const person = await new PostgresMemberStore(database.app, chance).find(acme.id, ida.member.id);
    expect(person?.member.unlinkedAt).toEqual(desk.now);
    expect((await standsNow())?.revokedAt).toEqual(desk.now);
    const log = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
    expect(log).toContainEqual(
      expect.objectContaining({ type: 'member.unlinked', data: { links: 1, sessionsEnded: 1 } }),
    );
  });

  it('is over with the next link of the person, and asks nobody by itself meanwhile [LNK-10] [LNK-2]', async () => {
    await use();
    await desk.mails();
    await desk.unlinking.unlink(acme.id, ida.member.id, undefined, byOperator);
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(0);
    desk.pass(10);
    await desk.requests.resend(acme, ida.member.id, byOperator);
    const [mail] = await desk.mails();
    letter = mail ?? letter;
    await expect(use()).resolves.toBe('linked');
    const person = await new PostgresMemberStore(database.app, chance).find(acme.id, ida.member.id);
    expect(person?.member.unlinkedAt).toBeUndefined();
  });

  it('takes the links of one connection where it is named, and leaves the others [LNK-10]', async () => {
    await use();
    const second = await aServingConnection(database.app, acme);
    await desk.links.link(acme.id, desk.linking(second, ida));
    const open = await sessions({ via: 'saml' }, { via: 'saml', connectionId: second.id });
    const taken = await desk.unlinking.unlink(acme.id, ida.member.id, second.id, byOperator);
    expect(taken).toEqual({ links: 1, sessionsEnded: 1 });
    await expect(linkedTo(ida.user.id)).resolves.toBe(ida.user.id);
    await expect(open()).resolves.toHaveLength(1);
  });

  it('is refused for members of another tenant, without a link, and by an admin for an owner [LNK-10] [TEN-3]', async () => {
    const byAdmin = { actor: { kind: 'member' }, role: 'admin' } as const;
    const unlink = (id = ida.member.id, tenant = acme.id) =>
      desk.unlinking.unlink(tenant, id, undefined, byAdmin);
    await expect(unlink()).rejects.toMatchObject({ code: 'conflict' });
    const globex = await aTenantWith(database.app, {});
    await use();
    await expect(unlink(ida.member.id, globex.id)).rejects.toMatchObject({ code: 'not_found' });
    const owner = await aMemberOf(database.app, acme, { role: 'owner', through: connection });
    await expect(unlink(owner.member.id)).rejects.toMatchObject({ code: 'role_not_grantable' });
    const foreign = desk.unlinking.unlink(acme.id, ida.member.id, 'conn_of_nobody', byAdmin);
    await expect(foreign).rejects.toMatchObject({ code: 'conflict' });
    await expect(linkedTo(ida.user.id)).resolves.toBe(ida.user.id);
  });
});

const byOperator = { actor: { kind: 'operator' }, role: 'operator' } as const;

function asAcme(sql: string, id: string) {
  return asTenant(database.app, acme, sql, [id]);
}

function requireIdp() {
  if (!connection.idp) throw new Error('The connection has no identity provider.');
  return connection.idp;
}

async function save(changes: Partial<Connection>): Promise<void> {
  const { enabledAt: _, ...before } = connection;
  const after = { ...before, ...changes, revision: connection.revision + 1 };
  await new PostgresConnectionStore(database.app, chance).save(acme.id, after, because(acme.id));
}
