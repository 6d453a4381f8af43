import {
  meetProvisioned,
  type Connection,
  type ConnectionId,
  type Directory,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import { PostgresProvisionedMatches } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingConnection, anExistingTenant, aPerson, now } from '../testing/given';
import { aProvisioned, anExistingDirectory, type GivenPerson } from '../testing/given-directory';
import { aMemberOf, asTenant, giveCredentials } from '../testing/given-enforcement';
import { LinkingDesk } from '../testing/given-linking';
import { inTenant } from '../transaction';
import { isDeprovisioned } from './provisioned-matches';

let database: TestDatabase;
let matches: PostgresProvisionedMatches;
let acme: Tenant;
let idp: Connection;
let okta: Directory;
beforeAll(async () => {
  database = await createTestDatabase();
  matches = new PostgresProvisionedMatches(database.app);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  idp = await anExistingConnection(database.app, acme.id);
  okta = await anExistingDirectory(database.app, acme);
});
afterAll(() => database.drop());

async function aBrought(given: GivenPerson = {}, directory = okta): Promise<NewPerson> {
  const person = await aMemberOf(database.app, acme);
  await aProvisioned(database.app, directory, person, given);
  return person;
}

async function meet({ user }: NewPerson, subject: string = user.id, through: ConnectionId = idp.id) {
  const identity = { subject, email: user.email, attributes: {} };
  return meetProvisioned(await matches.find(acme.id, through, identity));
}

const isFresh = async (person: NewPerson) => (await meet(person)).met?.isFresh;

describe('what directories know of an identity', () => {
  it('is the member whom they brought, through the connections that they go with [SCM-10]', async () => {
    const ada = await aBrought();
    await expect(meet(ada)).resolves.toMatchObject({
      met: { person: { user: { id: ada.user.id } }, isFresh: true },
      deprovisioned: [],
    });
    const other = await anExistingConnection(database.app, acme.id);
    await asTenant(database.app, acme, 'UPDATE directories SET connection_id = $1', [other.id]);
    expect((await meet(ada)).met).toBeUndefined();
    expect((await meet(ada, 'any', other.id)).met?.isFresh).toBe(true);
  });

  it('is nothing of what another tenant’s directory knows [SCM-10] [SCM-3]', async () => {
    const globex = await anExistingTenant(database.app);
    const theirs = await anExistingDirectory(database.app, globex);
    const ada = await aMemberOf(database.app, acme);
    await aProvisioned(database.app, theirs, undefined, { email: ada.user.email, standing: 'deactivated' });
    await expect(meet(ada)).resolves.toEqual({ deprovisioned: [] });
  });

  it('is no longer the directory’s alone after a password, a link, or another organisation [SCM-10]', async () => {
    const [byPassword, linked, elsewhere] = [await aBrought(), await aBrought(), await aBrought()];
    await giveCredentials(database.app, byPassword);
    const desk = new LinkingDesk(database.app);
    await desk.links.link(acme.id, desk.linking(idp, linked));
    const globex = await anExistingTenant(database.app);
    await aMemberOf(database.app, globex, { email: elsewhere.user.email });
    for (const person of [byPassword, linked, elsewhere]) expect(await isFresh(person)).toBe(false);
    for (const given of [{ brought: false }, { standing: 'held' }, { standing: 'quarantined' }] as const)
      expect(await isFresh(await aBrought(given))).toBe(false);
  });

  it('goes by the ID where the tenant chose so, whatever the address [SCM-10]', async () => {
    const pairing = { by: 'external-id' } as const;
    const entra = await anExistingDirectory(database.app, acme, { pairing });
    const ada = await aBrought({ externalId: 'E-1' }, entra);
    const stranger = aPerson(acme.id, { email: 'new@acme.example' });
    expect((await meet(stranger, 'E-1')).met?.person.user.id).toBe(ada.user.id);
    expect((await meet(stranger, 'e-1')).met).toBeUndefined();
    expect((await meet(ada, 'E-2')).met).toBeUndefined();
    // The ID of one directory is nothing to another one.
    await aBrought({ externalId: 'O-1' });
    expect((await meet(stranger, 'O-1')).met).toBeUndefined();
  });

  it('keeps out whom no directory let in, and leaves the others to what was decided since [SCM-3] [TEN-11]', async () => {
    const out = async (given: GivenPerson, member?: NewPerson) => {
      const person = member ?? aPerson(acme.id);
      await aProvisioned(database.app, okta, member, { email: person.user.email, ...given });
      const isOut = (await meet(person)).deprovisioned.length > 0;
      const asked = await inTenant(database.app, acme.id, (transaction) =>
        isDeprovisioned(transaction, person.user.email),
      );
      expect(asked).toBe(isOut);
      return isOut;
    };
    expect(await out({ standing: 'deactivated', active: false })).toBe(true);
    expect(await out({ standing: 'removed', deleted: true })).toBe(true);
    expect(await out({ standing: 'quarantined' })).toBe(false);
    const suspended = await aMemberOf(database.app, acme, { suspendedAt: now });
    await asTenant(database.app, acme, 'UPDATE members SET suspended_by = $1 WHERE id = $2', [
      ...[okta.id, suspended.member.id],
    ]);
    expect(await out({ standing: 'deactivated', active: false }, suspended)).toBe(true);
    const liftedByHand = await aMemberOf(database.app, acme);
    expect(await out({ standing: 'deactivated', active: false }, liftedByHand)).toBe(false);
  });
});

describe('a link that is made without a question', () => {
  it('is made to an account that nobody set up, once, also when identities race [SCM-10]', async () => {
    const desk = new LinkingDesk(database.app);
    const other = await anExistingConnection(database.app, acme.id);
    for (let round = 0; round < 5; round += 1) {
      const ada = await aBrought();
      const tries = [idp, other, idp, other].map((connection, index) => ({
        ...desk.linking(connection, ada, `subject-${round}-${index}`),
        ...{ automatic: true, onlyFresh: true },
      }));
      const outcomes = await Promise.all(tries.map((each) => desk.links.link(acme.id, each)));
      expect(outcomes.toSorted()).toEqual(['gone', 'gone', 'gone', 'linked']);
    }
  });

  it('is not made once a password was set meanwhile [SCM-10]', async () => {
    const desk = new LinkingDesk(database.app);
    const ada = await aBrought();
    await giveCredentials(database.app, ada);
    const link = { ...desk.linking(idp, ada), automatic: true, onlyFresh: true };
    await expect(desk.links.link(acme.id, link)).resolves.toBe('gone');
  });
});
