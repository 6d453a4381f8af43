import type { NewPerson, Tenant } from '@gatehouse/core';
import { PostgresBreakGlassStore, PostgresEnforcementStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { because, chance, later, now } from '../testing/given';
import { aMemberOf, asTenant, aTenantWith, giveCredentials } from '../testing/given-enforcement';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let store: PostgresBreakGlassStore;
let acme: Tenant;
let owner: NewPerson;
beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresBreakGlassStore(database.app, chance);
});
beforeEach(async () => {
  acme = await aTenantWith(database.app, { sso: 'optional' });
  owner = await aMemberOf(database.app, acme, { role: 'owner' });
});
afterAll(() => database.drop());

function prove({ member }: NewPerson, at = later(1)) {
  return store.prove(acme.id, member.id, at, because(acme.id, 'break_glass.drill_passed', member.id));
}

function countProven(tenant = acme) {
  return new PostgresEnforcementStore(database.app, chance).read(tenant.id, (facts) =>
    facts.countProven(['owner']),
  );
}

describe('a way in for emergencies', () => {
  it('is proven by the member who showed it, once password and second factor were [ENF-12]', async () => {
    await giveCredentials(database.app, owner);
    await expect(countProven()).resolves.toBe(0);
    await prove(owner);
    await expect(countProven()).resolves.toBe(1);
    await prove(owner, later(2));
    await expect(store.people(acme.id, ['owner'], { limit: 10 })).resolves.toEqual([
      { person: owner, provenAt: later(2), proven: true },
    ]);
  });

  it.each<[string, string, unknown[]]>([
    ['the password was changed since', 'UPDATE passwords SET changed_at = $2 WHERE user_id = $1', [later(2)]],
    ['the password is gone', 'DELETE FROM passwords WHERE user_id = $1', []],
    ['the last recovery code was used', 'UPDATE recovery_codes SET used_at = $2 WHERE user_id = $1', [now]],
    ['no second factor is set up any more', 'DELETE FROM recovery_codes WHERE user_id = $1', []],
  ])('counts no longer where %s [ENF-12]', async (_, sql, values) => {
    await giveCredentials(database.app, owner);
    await prove(owner);
    await rowsOf(database.app, sql, [owner.user.id, ...values]);
    await expect(countProven()).resolves.toBe(0);
    await expect(store.people(acme.id, ['owner'], { limit: 10 })).resolves.toMatchObject([
      { provenAt: later(1), proven: false },
    ]);
  });

  it('is nobody’s who is suspended, of another role or of another tenant [ENF-12] [ENF-4]', async () => {
    await giveCredentials(database.app, owner);
    await prove(owner);
    await expect(countProven(await aTenantWith(database.app, {}))).resolves.toBe(0);
    await expect(store.people(acme.id, ['admin'], { limit: 10 })).resolves.toEqual([]);
    const set = (sql: string) => asTenant(database.app, acme, sql, [acme.id, now]);
    await set('UPDATE members SET suspended_at = $2 WHERE tenant_id = $1');
    await expect(countProven()).resolves.toBe(0);
    await set(
      `UPDATE members SET suspended_at = NULL, role = 'admin' WHERE tenant_id = $1 AND $2::text IS NOT NULL`,
    );
    await expect(countProven()).resolves.toBe(0);
  });

  it('goes with the member, and is not recorded of one who is gone [ENF-12] [TEN-6]', async () => {
    const gone = await aMemberOf(database.app, acme, { role: 'owner' });
    await prove(gone);
    const held = () => asTenant(database.app, acme, 'SELECT member_id FROM break_glass_proofs');
    await expect(held()).resolves.toHaveLength(1);
    await asTenant(database.app, acme, 'DELETE FROM members WHERE tenant_id = $1 AND id = $2', [
      ...[acme.id, gone.member.id],
    ]);
    await expect(held()).resolves.toEqual([]);
    await prove(gone);
    await expect(held()).resolves.toEqual([]);
  });
});
