import { KeyRing, type NewPerson, type Role, type Tenant } from '@gatehouse/core';
import { PostgresMemberStore } from '../members/member.store';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, aPerson, because, chance, now } from '../testing/given';
import { takeMails } from '../testing/take-mails';
import { inTenant, rowsOf } from '../transaction';
import { rememberLanguage } from './reader-language';
import { tellOwners } from './tell-owners';

let database: TestDatabase;
let acme: Tenant;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => void (acme = await anExistingTenant(database.app)));
afterAll(() => database.drop());

async function anOwner(given: { role?: Role; suspendedAt?: Date } = {}): Promise<NewPerson> {
  const person = aPerson(acme.id, { role: 'owner', ...given });
  await new PostgresMemberStore(database.app, chance).add(acme.id, person, because(acme.id, 'member.added'));
  return person;
}

const remember = ({ user }: NewPerson, said?: 'de' | 'fr') =>
  inTenant(database.app, acme.id, (transaction) => rememberLanguage(transaction, user.id, said));

describe('the language that somebody is written to in', () => {
  it('is what the person read last, and stays when nothing new was said', async () => {
    const ada = await anOwner();
    await expect(remember(ada)).resolves.toEqual({});
    await expect(remember(ada, 'de')).resolves.toEqual({ language: 'de' });
    await expect(remember(ada)).resolves.toEqual({ language: 'de' });
    await expect(remember(ada, 'fr')).resolves.toEqual({ language: 'fr' });
  });

  it('is not guessed where only another version knows it', async () => {
    const ada = await anOwner();
    await rowsOf(database.app, "UPDATE users SET language = 'tlh' WHERE id = $1", [ada.user.id]);
    await expect(remember(ada)).resolves.toEqual({});
  });
});

describe('a letter to the owners', () => {
  it('goes to each owner who is not suspended, in the language of each [DOM-8] [CRT-2]', async () => {
    const [german, unknown, gone] = [await anOwner(), await anOwner(), await anOwner({ suspendedAt: now })];
    await anOwner({ role: 'admin' });
    await remember(german, 'de');
    await remember(gone, 'fr');
    const message = { kind: 'domain-recovered', organisation: 'Acme', domain: 'acme.example' } as const;
    await inTenant(database.app, acme.id, (transaction) =>
      tellOwners(transaction, message, now, chance, keyRing),
    );
    const letters = await takeMails(database.app, keyRing, now);
    expect(letters.map(({ to, language }) => [to, language]).sort()).toEqual(
      [
        [german.user.email, 'de'],
        [unknown.user.email, undefined],
      ].sort(),
    );
    expect(new Set(letters.map(({ id }) => id)).size).toBe(2);
  });
});
