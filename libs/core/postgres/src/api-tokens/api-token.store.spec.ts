import { apiTokenId, type ApiToken, type NewPerson, type Tenant } from '@gatehouse/core';
import {
  PostgresApiTokenStore,
  PostgresAuditLog,
  PostgresMemberStore,
  PostgresSweeper,
  PostgresTenantStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, aPerson, because, chance, later, now } from '../testing/given';
import { allInTenant, inTenant, rowsOf } from '../transaction';
import { revokingTokensOf } from './revoke-tokens';

let database: TestDatabase;
let tokens: PostgresApiTokenStore;
beforeAll(async () => {
  database = await createTestDatabase();
  tokens = new PostgresApiTokenStore(database.app, chance);
});
afterAll(() => database.drop());

async function aMember(tenant: Tenant): Promise<NewPerson> {
  const person = aPerson(tenant.id, { role: 'admin' });
  await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
  return person;
}

async function aTenantWithMember() {
  const tenant = await anExistingTenant(database.app);
  return { tenant, person: await aMember(tenant) };
}

function aToken({ member }: NewPerson, given: Partial<ApiToken> = {}): ApiToken {
  return {
    id: apiTokenId.create(now, chance),
    tenantId: member.tenantId,
    memberId: member.id,
    name: 'Nightly report',
    scopes: ['members:read', 'audit:read'],
    createdAt: now,
    createdBy: { kind: 'member', id: member.id, address: '198.51.100.7' },
    expiresAt: later(60),
    ...given,
  };
}

async function add(token: ApiToken, hash: string = token.id, most = 50) {
  return tokens.add(
    token.tenantId,
    token,
    hash,
    most,
    because(token.tenantId, 'api_token.created', token.id),
  );
}

function revoke({ tenantId, id }: ApiToken, at = later(1)) {
  return tokens.revoke(tenantId, id, { ...because(tenantId, 'api_token.revoked', id), at });
}

describe('the store of API tokens', () => {
  it('finds a token by the hash of its secret, with tenant, member and person as they are now [SES-4] [TEN-4]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const token = aToken(person);
    await expect(add(token, 'a hash')).resolves.toBe('added');
    await expect(tokens.findByHashAnywhere('a hash')).resolves.toEqual({ token, tenant, ...person });
    await expect(tokens.findByHashAnywhere('another hash')).resolves.toBeUndefined();
    await inTenant(database.app, tenant.id, (transaction) =>
      transaction.rows(`UPDATE members SET role = 'viewer', suspended_at = now() WHERE id = $1`, [
        person.member.id,
      ]),
    );
    await new PostgresTenantStore(database.app, chance).update(
      { ...tenant, suspendedAt: now },
      because(tenant.id),
    );
    const changed = await tokens.findByHashAnywhere('a hash');
    expect(changed?.member).toMatchObject({ role: 'viewer', suspendedAt: expect.any(Date) });
    expect(changed?.tenant.suspendedAt).toEqual(now);
  });

  it('finds none whose member is gone, and lists it without an address [SES-4] [TEN-6]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const token = aToken(person);
    await add(token);
    await inTenant(database.app, tenant.id, (transaction) =>
      transaction.rows('DELETE FROM members WHERE id = $1', [person.member.id]),
    );
    await expect(tokens.findByHashAnywhere(token.id)).resolves.toBeUndefined();
    await expect(tokens.find(tenant.id, token.id)).resolves.toEqual({ token });
    await expect(add(aToken(person))).resolves.toBe('no-member');
  });

  it('never gives the hash away, and keeps a secret nowhere [SES-4] [OPS-6]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const token = aToken(person);
    await add(token, 'hash-of-the-secret');
    const seen = [
      await tokens.find(tenant.id, token.id),
      await tokens.list(tenant.id, undefined, { limit: 10 }),
      await tokens.findByHashAnywhere('hash-of-the-secret'),
      await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 10 }),
    ];
    expect(JSON.stringify(seen)).not.toContain('hash-of-the-secret');
  });

  it('takes no second token with the same hash', async () => {
    const { person } = await aTenantWithMember();
    await add(aToken(person), 'once only');
    await expect(add(aToken(person), 'once only')).rejects.toThrow('api_tokens_hash');
  });

  it('lists the newest first, in pages, of everybody or of one member [SES-4]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const other = await aMember(tenant);
    const mine = [later(1), later(3)].map((at) => aToken(person, { id: apiTokenId.create(at, chance) }));
    const theirs = aToken(other, { id: apiTokenId.create(later(2), chance) });
    for (const token of [...mine, theirs]) await add(token);
    const [first, last] = mine;
    const ids = async (
      ...[whose, page]: [Parameters<typeof tokens.list>[1], { limit: number; after?: string }]
    ) => (await tokens.list(tenant.id, whose, page)).map(({ token }) => token.id);
    await expect(ids(undefined, { limit: 2 })).resolves.toEqual([last?.id, theirs.id]);
    await expect(ids(undefined, { limit: 2, after: theirs.id })).resolves.toEqual([first?.id]);
    await expect(ids(person.member.id, { limit: 10 })).resolves.toEqual([last?.id, first?.id]);
    const [listed] = await tokens.list(tenant.id, other.member.id, { limit: 1 });
    expect(listed?.email).toBe(other.user.email);
  });

  it('revokes a token once, and says so in the audit log once [SES-4] [AUD-1]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const token = aToken(person);
    await add(token);
    const outcomes = await Promise.all([revoke(token), revoke(token), revoke(token)]);
    expect(outcomes.toSorted()).toEqual(['revoked', 'revoked-before', 'revoked-before']);
    expect((await tokens.findByHashAnywhere(token.id))?.token.revokedAt).toEqual(later(1));
    const audit = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 10 });
    expect(audit.filter(({ type }) => type === 'api_token.revoked')).toHaveLength(1);
    await expect(revoke(aToken(person))).resolves.toBe('absent');
  });

  it('revokes all tokens of a member who leaves, and no other [TEN-6]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const other = await aMember(tenant);
    const [mine, also, theirs] = [aToken(person), aToken(person), aToken(other)];
    for (const token of [mine, also, theirs]) await add(token);
    await revoke(also, later(2));
    await allInTenant(database.app, tenant.id, [revokingTokensOf(tenant.id, person.member.id, later(9))]);
    const revokedAt = async ({ id }: ApiToken) => (await tokens.find(tenant.id, id))?.token.revokedAt;
    await expect(revokedAt(mine)).resolves.toEqual(later(9));
    await expect(revokedAt(also)).resolves.toEqual(later(2));
    await expect(revokedAt(theirs)).resolves.toBeUndefined();
  });

  it('holds no more working tokens of a member than allowed, also when calls race [SES-4] [SEC-1]', async () => {
    const { person } = await aTenantWithMember();
    const expired = aToken(person, { expiresAt: now });
    const revoked = aToken(person);
    for (const token of [expired, revoked]) await add(token);
    await revoke(revoked);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => add(aToken(person), undefined, 2)));
    expect(outcomes.toSorted()).toEqual(['added', 'added', 'too-many', 'too-many', 'too-many']);
  });

  it('notes the last use once a minute [SES-4]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const token = aToken(person);
    await add(token);
    const used = async (at: Date) => {
      await tokens.noteUse(tenant.id, token.id, at);
      return (await tokens.find(tenant.id, token.id))?.token.lastUsedAt;
    };
    await expect(used(later(1))).resolves.toEqual(later(1));
    await expect(used(later(1.9))).resolves.toEqual(later(1));
    await expect(used(later(2))).resolves.toEqual(later(2));
    await expect(used(later(1))).resolves.toEqual(later(2));
  });

  it('lets no other tenant see, revoke or use up a token [SEC-3]', async () => {
    const { person } = await aTenantWithMember();
    const other = await anExistingTenant(database.app);
    const token = aToken(person);
    await add(token);
    await expect(tokens.find(other.id, token.id)).resolves.toBeUndefined();
    await expect(tokens.list(other.id, person.member.id, { limit: 10 })).resolves.toEqual([]);
    await expect(tokens.revoke(other.id, token.id, because(other.id))).resolves.toBe('absent');
    await tokens.noteUse(other.id, token.id, later(1));
    await allInTenant(database.app, other.id, [revokingTokensOf(other.id, person.member.id, later(1))]);
    await expect(tokens.findByHashAnywhere(token.id)).resolves.toMatchObject({ token });
    const smuggled = tokens.add(other.id, token, 'x', 50, because(other.id));
    await expect(smuggled).resolves.toBe('no-member');
  });

  it('takes a scope that this version does not know for none at all [SES-4]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const token = aToken(person);
    await add(token);
    await inTenant(database.app, tenant.id, (transaction) =>
      transaction.rows(`UPDATE api_tokens SET scopes = '["everything", "audit:read"]' WHERE id = $1`, [
        token.id,
      ]),
    );
    expect((await tokens.findByHashAnywhere(token.id))?.token.scopes).toEqual(['audit:read']);
  });
});

describe('sweeping API tokens', () => {
  it('forgets those that expired thirty days ago, and no other [SES-4]', async () => {
    const { tenant, person } = await aTenantWithMember();
    const days = 24 * 60;
    const [old, live] = [
      aToken(person, { expiresAt: later(days) }),
      aToken(person, { expiresAt: later(2 * days) }),
    ];
    for (const token of [old, live]) await add(token);
    const { apiTokens } = await new PostgresSweeper(database.app).sweep(later(31 * days));
    expect(apiTokens).toBeGreaterThan(0);
    const kept = await tokens.list(tenant.id, undefined, { limit: 10 });
    expect(kept.map(({ token }) => token.id)).toEqual([live.id]);
    const outside = await rowsOf(database.app, 'SELECT id FROM api_tokens');
    expect(outside).toEqual([]);
  });
});
