import type { Connection, SignInPolicy, Tenant } from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresConnectionStore,
  PostgresDeletedConnectionStore,
  PostgresEnforcementStore,
  PostgresTenantStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, because, chance, now } from '../testing/given';
import { aMemberOf, anEnabledConnection, asTenant, aTenantWith } from '../testing/given-enforcement';

let database: TestDatabase;
let connections: PostgresConnectionStore;
let deleted: PostgresDeletedConnectionStore;
beforeAll(async () => {
  database = await createTestDatabase();
  connections = new PostgresConnectionStore(database.app, chance);
  deleted = new PostgresDeletedConnectionStore(database.app, chance);
});
afterAll(() => database.drop());

function off({ enabledAt: _, ...connection }: Connection): Connection {
  return { ...connection, revision: connection.revision + 1 };
}

function disable(connection: Connection) {
  const { tenantId, id } = connection;
  return connections.switch(tenantId, off(connection), because(tenantId, 'connection.disabled', id));
}

function remove(connection: Connection) {
  const gone = { ...off(connection), deletedAt: now };
  return deleted.remove(gone.tenantId, gone, 0, because(gone.tenantId, 'connection.deleted', gone.id));
}

async function ssoOf({ id }: Tenant): Promise<SignInPolicy['sso'] | undefined> {
  return (await new PostgresTenantStore(database.app, chance).find(id))?.policy.sso;
}

async function policyChanges({ id }: Tenant): Promise<unknown[]> {
  const entries = await new PostgresAuditLog(database.app, chance).list(id, { limit: 50 });
  return entries.filter(({ type }) => type === 'policy.changed').map(({ before, after }) => [before, after]);
}

async function isOn({ tenantId, id }: Connection): Promise<boolean> {
  return (await connections.find(tenantId, id))?.enabledAt !== undefined;
}

describe('the first connection that is switched on', () => {
  it.each(['optional', 'required'] as const)(
    'makes single sign-on %s, as the policy says, and that is recorded [ENF-1] [AUD-1]',
    async (ssoWhenEnabled) => {
      const tenant = await aTenantWith(database.app, { ssoWhenEnabled });
      const draft = aConnection(tenant.id);
      await connections.add(tenant.id, draft, because(tenant.id));
      const on = { ...draft, enabledAt: now, revision: 2 };
      await connections.switch(tenant.id, on, because(tenant.id, 'connection.enabled', on.id));
      await expect(ssoOf(tenant)).resolves.toBe(ssoWhenEnabled);
      await expect(policyChanges(tenant)).resolves.toEqual([
        [tenant.policy, { ...tenant.policy, sso: ssoWhenEnabled }],
      ]);
    },
  );

  it('is the only one to do so: who chose "off" beside one that is on, keeps it [ENF-1] [TEN-10]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'off' });
    await anEnabledConnection(database.app, tenant);
    const second = aConnection(tenant.id);
    await connections.add(tenant.id, second, because(tenant.id));
    await connections.switch(tenant.id, { ...second, enabledAt: now, revision: 2 }, because(tenant.id));
    await expect(ssoOf(tenant)).resolves.toBe('off');
  });
});

type Take = (connection: Connection) => Promise<unknown>;

describe.each<[string, Take]>([
  ['switched off', disable],
  ['removed', remove],
])('the last connection, when it is %s', (_, take) => {
  it('takes single sign-on along while it is optional [TEN-10]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'optional' });
    const [one, other] = [
      await anEnabledConnection(database.app, tenant),
      await anEnabledConnection(database.app, tenant),
    ];
    await take(one);
    await expect(ssoOf(tenant)).resolves.toBe('optional');
    await take(other);
    await expect(ssoOf(tenant)).resolves.toBe('off');
    await expect(policyChanges(tenant)).resolves.toHaveLength(1);
  });

  it('stays while single sign-on is required, or members are set to it [TEN-10]', async () => {
    const strict = await aTenantWith(database.app, { sso: 'required' });
    const needed = await anEnabledConnection(database.app, strict);
    await expect(take(needed)).rejects.toMatchObject({ code: 'sso_still_required' });
    const lenient = await aTenantWith(database.app, { sso: 'optional' });
    const used = await anEnabledConnection(database.app, lenient);
    await aMemberOf(database.app, lenient, { sso: 'sso' });
    await expect(take(used)).rejects.toMatchObject({ code: 'members_on_sso', details: { members: 1 } });
    await expect(Promise.all([needed, used].map(isOn))).resolves.toEqual([true, true]);
    await asTenant(database.app, lenient, `UPDATE members SET sso = 'inherit' WHERE tenant_id = $1`, [
      lenient.id,
    ]);
    await take(used);
    await expect(isOn(used)).resolves.toBe(false);
  });

  it('stays also where all are taken at the same time [TEN-10]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'required' });
    const all: Connection[] = [];
    for (let count = 0; count < 4; count++) all.push(await anEnabledConnection(database.app, tenant));
    const outcomes = await Promise.allSettled(all.map(take));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const left = await Promise.all(all.map(isOn));
    expect(left.filter((each) => each)).toHaveLength(1);
  });

  it('is never both gone and required, whoever is first [TEN-10]', async () => {
    for (let round = 0; round < 5; round++) {
      const tenant = await aTenantWith(database.app, { sso: 'optional' });
      const connection = await anEnabledConnection(database.app, tenant);
      const requiring = new PostgresEnforcementStore(database.app, chance).change(
        tenant.id,
        async (facts) => {
          if ((await facts.enabledConnections()).length === 0) return 'unchanged';
          const policy = { ...facts.tenant.policy, sso: 'required' } as const;
          return { policy, because: because(tenant.id, 'policy.changed', tenant.id) };
        },
      );
      await Promise.allSettled([requiring, take(connection)]);
      await expect(ssoOf(tenant)).resolves.toBe((await isOn(connection)) ? 'required' : 'off');
    }
  });
});
