import {
  emailKey,
  KeyRing,
  mailId,
  UpdateProfile,
  type Connection,
  type NewPerson,
  type Person,
  type Tenant,
  type VerifiedIdentity,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresMemberStore,
  PostgresPasswordResetStore,
  PostgresProfileStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, chance, later, now } from '../testing/given';
import { aMemberOf, anEnabledConnection, asTenant } from '../testing/given-enforcement';
import { aVerifiedDomain } from '../testing/given-linking';
import { takeMails } from '../testing/take-mails';

const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
let database: TestDatabase;
let profiles: UpdateProfile;
let store: PostgresProfileStore;
let acme: Tenant;
let connection: Connection;
let domain: string;
let ida: Person;
beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresProfileStore(database.app, keyRing, chance);
  profiles = new UpdateProfile(store, { now: () => now });
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  domain = await aVerifiedDomain(database.app, acme);
  connection = await anEnabledConnection(database.app, acme);
  ida = await aMemberOf(database.app, acme, { email: `ida@${domain}`, through: connection });
  await aMemberOf(database.app, acme, { email: `owner@${domain}`, role: 'owner' });
});
afterEach(() => takeMails(database.app, keyRing, now));
afterAll(() => database.drop());

function signIn(email: string | undefined, displayName = 'Ada Example', person = ida): Promise<Person> {
  const identity: VerifiedIdentity = {
    ...{ issuer: 'https://idp.example', subject: person.user.id, displayName, groups: [], attributes: {} },
    ...(email !== undefined && { email }),
    ...{ authenticatedAt: now, assertionId: '_1', rememberUntil: now, certificateFingerprint: 'AA' },
    nameId: { value: person.user.id },
  };
  return profiles.follow(person, acme, connection, identity, { kind: 'person' });
}

/** As the database has the person. */
async function account({ user }: Pick<NewPerson, 'user'> = ida) {
  const [row] = await asTenant(database.app, acme, 'SELECT * FROM users WHERE id = $1', [user.id]);
  return { email: row?.text('email'), key: row?.text('email_key'), name: row?.optionalText('name') };
}

async function told(type: string) {
  const log = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
  return log.filter((entry) => entry.type === type);
}

describe('an identity that is linked and carries another e-mail or name', () => {
  it('updates the profile, and goes on being whom it is linked to [LNK-11]', async () => {
    const email = `Ida.New@${domain}`;
    const updated = await signIn(email, 'Ida New');
    expect(updated).toMatchObject({ user: { id: ida.user.id, email, name: 'Ida New' }, member: ida.member });
    await expect(account()).resolves.toEqual({ email, key: emailKey(email), name: 'Ida New' });
    const found = await new PostgresMemberStore(database.app, chance).findByEmail(acme.id, email);
    expect(found?.member.id).toBe(ida.member.id);
    expect(await told('member.profile_updated')).toMatchObject([
      { subject: ida.member.id, before: { email: `ida@${domain}` }, after: { email, name: 'Ida New' } },
    ]);
  });

  it('voids the link for a new password that was mailed to the address of before, and none for a name [LNK-11]', async () => {
    const resets = new PostgresPasswordResetStore(database.app, keyRing, chance);
    const { user } = ida;
    const message = {
      kind: 'password-reset',
      url: 'https://sign-in.example/reset/x',
      expiresAt: later(30),
    } as const;
    const mail = { id: mailId.create(now, chance), to: user.email, message, createdAt: now };
    const reset = { key: user.id, tokenHash: `of ${user.id}`, userId: user.id, expiresAt: later(30) };
    await resets.beginAnywhere(reset, mail);
    await signIn(user.email, 'Another Name');
    await expect(resets.findAnywhere(reset.tokenHash, now)).resolves.toMatchObject({ id: user.id });
    await signIn(`new.${user.email}`);
    await expect(resets.findAnywhere(reset.tokenHash, now)).resolves.toBeUndefined();
  });

  it('asks the database nothing while it says what is known, in whatever letter case [LNK-11]', async () => {
    const look = jest.spyOn(store, 'look');
    await expect(signIn(ida.user.email.toUpperCase())).resolves.toBe(ida);
    await expect(signIn(undefined, '  ')).resolves.toBe(ida);
    expect(look).not.toHaveBeenCalled();
    look.mockRestore();
  });

  it('takes no address outside the verified domains of the tenant [LNK-11] [LNK-8]', async () => {
    const globex = await anExistingTenant(database.app);
    for (const foreign of ['example.org', await aVerifiedDomain(database.app, globex), `sub.${domain}`]) {
      const { user } = await signIn(`ida@${foreign}`);
      expect(user.email).toBe(`ida@${domain}`);
    }
    expect(await told('member.address_held')).toHaveLength(3);
    expect(await takeMails(database.app, keyRing, now)).toEqual([]);
  });

  it('never becomes a colleague by address: the owners are told, once for each change [LNK-11]', async () => {
    const jon = await aMemberOf(database.app, acme, { email: `jon@${domain}`, through: connection });
    await Promise.all([signIn(`JON@${domain}`), signIn(`JON@${domain}`)]);
    expect((await signIn(`JON@${domain}`)).user).toMatchObject({ id: ida.user.id, email: ida.user.email });
    await expect(account(jon)).resolves.toMatchObject({ email: `jon@${domain}` });
    const [mail, ...others] = await takeMails(database.app, keyRing, now);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      to: `owner@${domain}`,
      message: { kind: 'address-collision', person: ida.user.email, address: `JON@${domain}` },
    });
    expect(await told('member.address_held')).toMatchObject([{ data: { reason: 'address_in_use' } }]);
    await aMemberOf(database.app, acme, { email: `ned@${domain}` });
    await signIn(`ned@${domain}`);
    expect(await takeMails(database.app, keyRing, now)).toHaveLength(1);
  });

  it('tells of an address that is held no second time because the name changed with it [LNK-11]', async () => {
    await aMemberOf(database.app, acme, { email: `jon@${domain}`, through: connection });
    for (let times = 0; times < 4; times += 1) await signIn(`jon@${domain}`, 'Another Name');
    await expect(account()).resolves.toMatchObject({ email: `ida@${domain}`, name: 'Another Name' });
    expect(await takeMails(database.app, keyRing, now)).toHaveLength(1);
    expect(await told('member.address_held')).toHaveLength(1);
  });

  it('takes the address over once the other account gave it up [LNK-11]', async () => {
    const jon = await aMemberOf(database.app, acme, { email: `jon@${domain}`, through: connection });
    await signIn(`jon@${domain}`);
    await signIn(`jonathan@${domain}`, 'Jon', jon);
    expect((await signIn(`jon@${domain}`)).user.email).toBe(`jon@${domain}`);
    await expect(account(jon)).resolves.toMatchObject({ email: `jonathan@${domain}` });
  });

  it('gives one address to one of ten who come with it at once [LNK-11]', async () => {
    const people = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        aMemberOf(database.app, acme, { email: `p${n}@${domain}`, through: connection }),
      ),
    );
    const wanted = `one@${domain}`;
    const outcomes = await Promise.all(people.map((person) => signIn(wanted, 'Ada Example', person)));
    expect(outcomes.filter(({ user }) => user.email === wanted)).toHaveLength(1);
  });

  it('changes neither address nor name of who belongs to another tenant as well [LNK-11] [SEC-3]', async () => {
    const globex = await anExistingTenant(database.app);
    await aMemberOf(database.app, globex, { email: ida.user.email });
    await signIn(`other@${domain}`, 'The Chief Executive');
    await signIn(`other@${domain}`, 'The Chief Executive');
    await expect(account()).resolves.toMatchObject({ email: `ida@${domain}`, name: 'Ada Example' });
    expect(await told('member.address_held')).toMatchObject([{ data: { reason: 'holder_decides' } }]);
  });

  it('cannot be made to write another tenant’s people, whatever is asked of the database [SEC-3]', async () => {
    const globex = await anExistingTenant(database.app);
    const [row] = await asTenant(
      ...([database.app, globex, 'SELECT take_profile_anywhere($1, $2, $3, $4, $5, $6) AS taken'] as const),
      [ida.user.id, globex.id, `x@${domain}`, `x@${domain}`, 'X', 'x'],
    );
    expect(row?.flag('taken')).toBe(false);
    const direct = asTenant(database.app, acme, 'UPDATE users SET email = email WHERE id = $1', [
      ida.user.id,
    ]);
    await expect(direct).rejects.toThrow('permission denied');
  });
});
