import type { Connection, NewPerson, Tenant } from '@gatehouse/core';
import { PostgresAuditLog, PostgresConnectionStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { because, chance, later, now } from '../testing/given';
import { aMemberOf, asTenant, aTenantWith, type GivenMember } from '../testing/given-enforcement';
import {
  aServingConnection,
  aVerifiedDomain,
  LinkingDesk,
  requestOf,
  tokenIn,
} from '../testing/given-linking';
import { rowsInTenant } from '../transaction';

let database: TestDatabase;
let desk: LinkingDesk;
let acme: Tenant;
let domain: string;
let connection: Connection;
let people = 0;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  desk = new LinkingDesk(database.app);
  acme = await aTenantWith(database.app, { sso: 'optional' });
  domain = await aVerifiedDomain(database.app, acme);
  connection = await aServingConnection(database.app, acme, { primary: true });
});
afterEach(() => desk.mails());
afterAll(() => database.drop());

const byOperator = { actor: { kind: 'operator' }, role: 'operator' } as const;

function aColleague(given: GivenMember = {}): Promise<NewPerson> {
  return aMemberOf(database.app, acme, { email: `person-${(people += 1)}@${domain}`, ...given });
}

async function addressees(): Promise<string[]> {
  return (await desk.mails()).map(({ to }) => to).toSorted();
}

async function save(changes: Partial<Connection>, { id: tenantId } = acme): Promise<void> {
  const { enabledAt: _, ...before } = connection;
  connection = { ...before, ...changes, revision: connection.revision + 1 };
  await new PostgresConnectionStore(database.app, chance).save(tenantId, connection, because(tenantId));
}

describe('asking all members to link', () => {
  it('writes one letter to every member with an address of the tenant, and none to anybody else [LNK-2] [LOG-7]', async () => {
    const [ida, jon] = [await aColleague(), await aColleague({ role: 'admin' })];
    await aColleague({ role: 'owner' });
    await aColleague({ suspendedAt: now });
    await aColleague({ sso: 'password' });
    await aColleague({ through: connection });
    await aMemberOf(database.app, acme, { email: 'contractor@elsewhere.example' });
    await aMemberOf(database.app, acme, { email: `eve@sub.${domain}` });
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(2);
    const mails = await desk.mails();
    expect(mails.map(({ to }) => to).toSorted()).toEqual([ida.user.email, jon.user.email].toSorted());
    const [mail] = mails;
    expect(mail?.message).toMatchObject({
      ...{ kind: 'link-request', organisation: 'Acme', connection: 'Okta', expiresAt: later(72 * 60) },
      url: expect.stringMatching(/^https:\/\/sign-in\.example\/link\/[\w-]{43}$/),
    });
  });

  it('writes to nobody twice, however often and however many at once it runs [LNK-2] [WRK-3]', async () => {
    await Promise.all(Array.from({ length: 7 }, () => aColleague()));
    await Promise.all(Array.from({ length: 4 }, () => desk.requests.askAll(acme.id, connection.id)));
    await desk.requests.askAll(acme.id, connection.id);
    expect(new Set(await addressees()).size).toBe(7);
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(0);
    await expect(addressees()).resolves.toEqual([]);
  });

  it('goes on where a crash left it, batch by batch [LNK-2] [WRK-3]', async () => {
    await aCrowd(450);
    const ask = jest.spyOn(desk.store, 'ask');
    ask.mockImplementationOnce((...call) => Object.getPrototypeOf(desk.store).ask.apply(desk.store, call));
    ask.mockRejectedValueOnce(new Error('The worker was killed.'));
    await expect(desk.requests.askAll(acme.id, connection.id)).rejects.toThrow('killed');
    const before = await addressees();
    expect(before).toHaveLength(200);
    ask.mockRestore();
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(250);
    const all = [...before, ...(await addressees())];
    expect([all.length, new Set(all).size]).toEqual([450, 450]);
  });

  it('does not ask again when the connection is switched on again, unless the link ran out unanswered [LNK-2]', async () => {
    const ida = await aColleague();
    await desk.requests.askAll(acme.id, connection.id);
    expect(await addressees()).toEqual([ida.user.email]);
    desk.pass(60);
    await save({ enabledAt: desk.now });
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(0);
    desk.pass(73 * 60);
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(0);
    await save({ enabledAt: desk.now });
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(1);
  });

  it('asks who joins later or by a domain verified later, and nobody else once more [LNK-2]', async () => {
    await aColleague();
    await aMemberOf(database.app, acme, { email: 'jon@later.example' });
    await desk.requests.askAll(acme.id, connection.id);
    await addressees();
    const [ned, second] = [await aColleague(), await aVerifiedDomain(database.app, acme)];
    const mia = await aMemberOf(database.app, acme, { email: `mia@${second}` });
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(2);
    expect(await addressees()).toEqual([mia.user.email, ned.user.email].toSorted());
  });

  it('asks for the connection that serves now, where the one of before was switched off or turned to another provider [LNK-2]', async () => {
    const ida = await aColleague();
    await desk.requests.askAll(acme.id, connection.id);
    const [first] = await desk.mails();
    await save({});
    const next = await aServingConnection(database.app, acme, { label: 'Entra' });
    await expect(desk.requests.askAll(acme.id, next.id)).resolves.toBe(1);
    const [second] = await desk.mails();
    expect([first?.to, second?.to]).toEqual([ida.user.email, ida.user.email]);
    expect(second?.message).toMatchObject({ connection: 'Entra' });
  });

  it('asks nobody for a connection that is off, of another tenant or of a suspended one, or without a verified domain [LNK-2]', async () => {
    await aColleague();
    const globex = await aTenantWith(database.app, { sso: 'optional' });
    const foreign = await aServingConnection(database.app, globex);
    await aMemberOf(database.app, globex, { email: `stranger@${domain}` });
    await expect(desk.requests.askAll(acme.id, foreign.id)).resolves.toBe(0);
    await expect(desk.requests.askAll(globex.id, foreign.id)).resolves.toBe(0);
    await save({});
    await expect(desk.requests.askAll(acme.id, connection.id)).resolves.toBe(0);
    expect(await addressees()).toEqual([]);
  });

  it('says in the audit log how many were asked, and keeps no link in any table [LNK-2] [AUD-1]', async () => {
    await aColleague();
    await desk.requests.askAll(acme.id, connection.id);
    const [mail] = await desk.mails();
    const token = mail ? tokenIn(mail) : '';
    const stored = await asTenant(database.app, acme, 'SELECT to_jsonb(r)::text AS r FROM link_requests r');
    expect(stored.map((row) => row.text('r')).join()).not.toContain(token);
    const log = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
    expect(log).toContainEqual(
      expect.objectContaining({ type: 'members.link_requested', subject: connection.id, data: { asked: 1 } }),
    );
  });
});

describe('asking one member again', () => {
  it('sends a new link and makes the one before void [LNK-4]', async () => {
    const ida = await aColleague();
    await desk.requests.askAll(acme.id, connection.id);
    const [old] = await desk.mails();
    desk.pass(1);
    const request = await desk.requests.resend(acme, ida.member.id, byOperator);
    const [fresh] = await desk.mails();
    if (!old || !fresh) throw new Error('There is no letter.');
    expect(fresh.to).toBe(ida.user.email);
    expect(tokenIn(fresh)).not.toBe(tokenIn(old));
    await expect(desk.store.findCurrent(acme.id, ida.member.id)).resolves.toEqual(request);
    const one = desk.linking(connection, ida);
    const replaced = await desk.store.find(acme.id, requestOf(old));
    expect(replaced?.revokedAt).toEqual(desk.now);
    await expect(desk.store.use(acme.id, requestOf(old), one)).resolves.toBe('gone');
    await expect(desk.store.use(acme.id, requestOf(fresh), one)).resolves.toBe('linked');
  });

  it('goes to a member of any domain whom an admin names, in the language of the person [LNK-4] [LNK-8]', async () => {
    const contractor = await aMemberOf(database.app, acme, { email: 'fr@elsewhere.example' });
    await rowsInTenant(database.app, acme.id, "UPDATE users SET language = 'fr' WHERE id = $1", [
      contractor.user.id,
    ]);
    await desk.requests.resend(acme, contractor.member.id, byOperator);
    expect(await desk.mails()).toMatchObject([{ to: 'fr@elsewhere.example', language: 'fr' }]);
  });

  it('waits some minutes between two letters to one person, and says how long [LNK-4] [SEC-1]', async () => {
    const ida = await aColleague();
    await desk.requests.resend(acme, ida.member.id, byOperator);
    desk.pass(2);
    const soon = desk.requests.resend(acme, ida.member.id, byOperator);
    await expect(soon).rejects.toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('3 minutes'),
    });
    desk.pass(3);
    await desk.requests.resend(acme, ida.member.id, byOperator);
    expect(await addressees()).toHaveLength(2);
  });

  it('refuses who cannot link, and says why [LNK-4] [LOG-7]', async () => {
    const resend = async (given: GivenMember, by: typeof byOperator = byOperator) =>
      desk.requests.resend(acme, (await aColleague(given)).member.id, by);
    await expect(resend({ role: 'owner' })).rejects.toThrow('account page');
    await expect(resend({ suspendedAt: now })).rejects.toThrow('suspended');
    await expect(resend({ sso: 'password' })).rejects.toThrow('password');
    await expect(resend({ through: connection })).rejects.toThrow('linked already');
    const globex = await aTenantWith(database.app, { sso: 'optional' });
    const stranger = await aMemberOf(database.app, globex);
    const foreign = desk.requests.resend(acme, stranger.member.id, byOperator);
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
    await save({});
    await expect(resend({})).rejects.toMatchObject({ code: 'connection_disabled' });
    expect(await addressees()).toEqual([]);
  });
});

describe('asking all of them again', () => {
  it('leaves to a worker what reaches everybody who is not linked, once an hour [LNK-4] [SEC-1]', async () => {
    const [ida] = [await aColleague(), await aColleague({ through: connection })];
    await desk.requests.askAll(acme.id, connection.id);
    await addressees();
    desk.pass(5);
    await desk.requests.resendAll(acme, byOperator);
    const payload = await desk.takeTask();
    expect(payload).toEqual({ tenantId: acme.id, connectionId: connection.id, again: desk.now });
    await expect(desk.requests.askAll(acme.id, connection.id, desk.now)).resolves.toBe(1);
    await expect(desk.requests.askAll(acme.id, connection.id, desk.now)).resolves.toBe(0);
    expect(await addressees()).toEqual([ida.user.email]);
    desk.pass(30);
    const soon = desk.requests.resendAll(acme, byOperator);
    await expect(soon).rejects.toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('30 minutes'),
    });
  });
});

describe('a page that asks for a new link', () => {
  it('has it sent to the address on file, and says the same whoever asks [LNK-3]', async () => {
    const ida = await aColleague();
    await expect(desk.requests.ask(acme.id, ida.member.id)).resolves.toBeUndefined();
    expect(await addressees()).toEqual([ida.user.email]);
    const globex = await aTenantWith(database.app, { sso: 'optional' });
    for (const given of [
      { role: 'owner' },
      { suspendedAt: now },
      { sso: 'password' },
      { through: connection },
    ] as const)
      await expect(desk.requests.ask(acme.id, (await aColleague(given)).member.id)).resolves.toBeUndefined();
    await expect(desk.requests.ask(globex.id, ida.member.id)).resolves.toBeUndefined();
    await expect(desk.requests.ask(acme.id, ida.member.id)).resolves.toBeUndefined();
    expect(await addressees()).toEqual([]);
  });

  it('makes no letter void that went out minutes ago, and hinders nobody who sends one [LNK-3] [LNK-4]', async () => {
    const ida = await aColleague();
    await desk.requests.askAll(acme.id, connection.id);
    await desk.requests.ask(acme.id, ida.member.id);
    expect(await addressees()).toHaveLength(1);
    for (let times = 0; times < 6; times += 1) {
      desk.pass(5);
      await desk.requests.ask(acme.id, ida.member.id);
    }
    await addressees();
    await desk.requests.resend(acme, ida.member.id, byOperator);
    expect(await addressees()).toEqual([ida.user.email]);
  });

  it('fills no mailbox: five letters in a day [LNK-3] [SEC-1]', async () => {
    const ida = await aColleague();
    for (let times = 0; times < 12; times += 1) {
      await desk.requests.ask(acme.id, ida.member.id);
      desk.pass(10);
    }
    expect((await addressees()).length).toBeLessThanOrEqual(6);
  });
});

async function aCrowd(count: number): Promise<void> {
  for (let begun = 0; begun < count; begun += 50)
    await Promise.all(Array.from({ length: 50 }, () => aColleague()));
}
