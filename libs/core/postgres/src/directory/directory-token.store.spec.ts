import { directoryTokenId, type Directory, type DirectoryToken, type Tenant } from '@gatehouse/core';
import { PostgresDirectoryStore, PostgresDirectoryTokenStore, PostgresSweeper } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, because, chance, later, now } from '../testing/given';
import { anExistingDirectory } from '../testing/given-directory';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let tokens: PostgresDirectoryTokenStore;
let tenant: Tenant;
let directory: Directory;
beforeAll(async () => {
  database = await createTestDatabase();
  tokens = new PostgresDirectoryTokenStore(database.app, chance);
});
beforeEach(async () => {
  tenant = await anExistingTenant(database.app);
  directory = await anExistingDirectory(database.app, tenant);
});
afterAll(() => database.drop());

function aToken(given: Partial<DirectoryToken> = {}): DirectoryToken {
  return {
    ...{
      id: directoryTokenId.create(now, chance),
      tenantId: tenant.id,
      directoryId: directory.id,
      name: 'Okta',
    },
    ...{ createdAt: now, createdBy: { kind: 'operator' }, expiresAt: later(60) },
    ...given,
  };
}

function add(token: DirectoryToken, hash: string = token.id, most = 10) {
  return tokens.add(token, hash, most, because(token.tenantId, 'directory_token.created', token.id));
}

function revoke({ id }: DirectoryToken, at = later(1)) {
  return tokens.revoke(tenant.id, directory.id, id, {
    ...because(tenant.id, 'directory_token.revoked', id),
    at,
  });
}

describe("the store of directories' tokens", () => {
  it('finds a token by the hash of its secret, with directory and tenant as they are now [SCM-5]', async () => {
    const token = aToken();
    await expect(add(token, 'a hash')).resolves.toBe('added');
    await expect(tokens.findByHashAnywhere('a hash')).resolves.toEqual({ token, directory, tenant });
    await expect(tokens.findByHashAnywhere('another hash')).resolves.toBeUndefined();
    const paused = { ...because(tenant.id, 'directory.paused', directory.id), at: later(2) };
    await new PostgresDirectoryStore(database.app, chance).pause(tenant.id, directory.id, paused);
    expect((await tokens.findByHashAnywhere('a hash'))?.directory.pausedAt).toEqual(later(2));
  });

  it('never gives the hash away [SCM-5] [OPS-6]', async () => {
    await add(aToken(), 'hash-of-the-secret');
    const seen = [
      await tokens.list(tenant.id, directory.id),
      await tokens.findByHashAnywhere('hash-of-the-secret'),
    ];
    expect(JSON.stringify(seen)).not.toContain('hash-of-the-secret');
  });

  it('holds no more working tokens than allowed, also when calls race [SCM-5] [SEC-1]', async () => {
    await add(aToken({ expiresAt: now }));
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => add(aToken(), undefined, 2)));
    expect(outcomes.toSorted()).toEqual(['added', 'added', 'too-many', 'too-many', 'too-many']);
  });

  it('ends a token that is replaced at the end of the overlap, and never later than before [SCM-5]', async () => {
    const [long, short, over] = [aToken({ expiresAt: later(90) }), aToken({ expiresAt: later(5) }), aToken()];
    for (const token of [long, short, over]) await add(token);
    await revoke(over);
    const replace = ({ id }: DirectoryToken) => {
      const next = aToken();
      const reason = because(tenant.id, 'directory_token.created', next.id);
      return tokens.add(next, next.id, 10, reason, { id, until: later(30) });
    };
    await expect(replace(long)).resolves.toBe('added');
    await expect(replace(short)).resolves.toBe('added');
    await expect(replace(over)).resolves.toBe('no-token');
    await expect(replace(aToken())).resolves.toBe('no-token');
    const ends = new Map(
      (await tokens.list(tenant.id, directory.id)).map(({ id, expiresAt }) => [id, expiresAt]),
    );
    expect([ends.get(long.id), ends.get(short.id)]).toEqual([later(30), later(5)]);
    expect(ends.size).toBe(5);
  });

  it('revokes a token once, and says so in the audit log once [SCM-5] [AUD-1]', async () => {
    const token = aToken();
    await add(token);
    const outcomes = await Promise.all([revoke(token), revoke(token), revoke(token)]);
    expect(outcomes.toSorted()).toEqual(['revoked', 'revoked-before', 'revoked-before']);
    expect((await tokens.findByHashAnywhere(token.id))?.token.revokedAt).toEqual(later(1));
    await expect(revoke(aToken())).resolves.toBe('absent');
  });

  it('notes the last use once a minute [SCM-5]', async () => {
    const token = aToken();
    await add(token);
    const used = async (at: Date) => {
      await tokens.noteUse(tenant.id, token.id, at);
      return (await tokens.list(tenant.id, directory.id))[0]?.lastUsedAt;
    };
    await expect(used(later(1))).resolves.toEqual(later(1));
    await expect(used(later(1.9))).resolves.toEqual(later(1));
    await expect(used(later(2))).resolves.toEqual(later(2));
    const overview = await new PostgresDirectoryStore(database.app, chance).find(tenant.id, directory.id);
    expect(overview?.lastUsedAt).toEqual(later(2));
  });

  it('lets no other tenant, and no other directory, see or revoke a token or give it a twin [SEC-3]', async () => {
    const token = aToken();
    await add(token);
    const globex = await anExistingTenant(database.app);
    const theirs = await anExistingDirectory(database.app, globex);
    await expect(tokens.list(globex.id, directory.id)).resolves.toEqual([]);
    const reason = because(globex.id);
    await expect(tokens.revoke(globex.id, directory.id, token.id, reason)).resolves.toBe('absent');
    await expect(tokens.revoke(globex.id, theirs.id, token.id, reason)).resolves.toBe('absent');
    const smuggled = aToken({ tenantId: globex.id });
    await expect(tokens.add(smuggled, 'x', 10, reason)).resolves.toBe('no-directory');
    const own = aToken({ tenantId: globex.id, directoryId: theirs.id });
    const until = { id: token.id, until: now };
    await expect(tokens.add(own, 'y', 10, reason, until)).resolves.toBe('no-token');
    await expect(tokens.findByHashAnywhere(token.id)).resolves.toMatchObject({ token });
  });

  it('forgets tokens that expired thirty days ago, and no other [SCM-5]', async () => {
    const days = 24 * 60;
    const [old, young] = [aToken({ expiresAt: later(days) }), aToken({ expiresAt: later(2 * days) })];
    for (const token of [old, young]) await add(token);
    await new PostgresSweeper(database.app).sweep(later(31 * days));
    expect((await tokens.list(tenant.id, directory.id)).map(({ id }) => id)).toEqual([young.id]);
    await expect(rowsOf(database.app, 'SELECT id FROM directory_tokens')).resolves.toEqual([]);
  });
});
