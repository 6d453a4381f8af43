import { randomBytes } from 'node:crypto';
import {
  directoryTokenId,
  KeyRing,
  TellOfEndingTokens,
  type Directory,
  type DirectoryToken,
  type Tenant,
} from '@gatehouse/core';
import { PostgresDirectoryTokenStore, PostgresEndingTokenStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, because, chance, later, now } from '../testing/given';
import { anExistingDirectory } from '../testing/given-directory';
import { aMemberOf } from '../testing/given-enforcement';
import { takeMails } from '../testing/take-mails';
import { inTenant } from '../transaction';

const day = 24 * 60;
const keyRing = new KeyRing([{ name: 'k1', key: randomBytes(32) }], chance);
let database: TestDatabase;
let tokens: PostgresDirectoryTokenStore;
let tenant: Tenant;
let directory: Directory;
beforeEach(async () => {
  database = await createTestDatabase();
  tokens = new PostgresDirectoryTokenStore(database.app, chance);
  tenant = await anExistingTenant(database.app, { name: 'Acme' });
  directory = await anExistingDirectory(database.app, tenant);
});
afterEach(() => database.drop());

async function aToken(days: number, given: Partial<DirectoryToken> = {}): Promise<DirectoryToken> {
  const token: DirectoryToken = {
    ...{
      id: directoryTokenId.create(now, chance),
      tenantId: tenant.id,
      directoryId: directory.id,
      name: 'Client',
    },
    ...{ createdAt: now, createdBy: { kind: 'operator' }, expiresAt: later(days * day) },
    ...given,
  };
  await tokens.add(token, token.id, 10, because(tenant.id, 'directory_token.created', token.id));
  return token;
}

/** Looks on that day, as a worker does. */
function look(onDay: number): Promise<number> {
  const store = new PostgresEndingTokenStore(database.app, chance, keyRing);
  const fail = (_: unknown, error: unknown) => {
    throw error;
  };
  return new TellOfEndingTokens(store, { now: () => later(onDay * day) }, fail).run();
}

async function toldInAudit(): Promise<number> {
  const sql = `SELECT id FROM audit_entries WHERE type = 'directory_token.expiring'`;
  return (await inTenant(database.app, tenant.id, (transaction) => transaction.rows(sql))).length;
}

describe('a token of a directory that ends', () => {
  it('is told to every owner 30 and 7 days before, once, however many workers look [SCM-5] [WRK-2]', async () => {
    await aToken(365);
    for (const role of ['owner', 'owner', 'admin'] as const) await aMemberOf(database.app, tenant, { role });
    expect(await look(334)).toBe(0);
    const together = await Promise.all([look(335), look(335), look(335)]);
    expect(together.reduce((sum, told) => sum + told)).toBe(1);
    expect([await look(336), await look(357), await look(358), await look(359)]).toEqual([0, 0, 1, 0]);
    const letters = (await takeMails(database.app, keyRing, later(366 * day))).map(({ message }) => message);
    const letter = {
      kind: 'directory-token-expiring',
      organisation: 'Acme',
      directory: 'Okta',
      token: 'Client',
    };
    expect(letters).toMatchObject([30, 30, 7, 7].map((days) => ({ ...letter, days })));
    await expect(toldInAudit()).resolves.toBe(2);
  });

  it('is told of late where nobody looked in time, by the most urgent notice alone [SCM-5]', async () => {
    await aToken(365);
    expect([await look(360), await look(361)]).toEqual([1, 0]);
    expect([await look(365), await look(366)]).toEqual([0, 0]);
  });

  it('is no news where it was made for as short a time, revoked or replaced [SCM-5]', async () => {
    for (const days of [7, 30]) await aToken(days);
    expect([await look(0), await look(6)]).toEqual([0, 0]);
    expect(await look(23)).toBe(1);
    const [old, revoked] = [await aToken(60), await aToken(60)];
    await tokens.revoke(tenant.id, directory.id, revoked.id, because(tenant.id, 'directory_token.revoked'));
    const next = { ...old, id: directoryTokenId.create(now, chance), expiresAt: later(400 * day) };
    const replaces = { id: old.id, until: later(35 * day) };
    await tokens.add(next, next.id, 10, because(tenant.id, 'directory_token.created', next.id), replaces);
    expect([await look(31), await look(34)]).toEqual([0, 0]);
  });

  it('is told to nobody of a tenant that is suspended [SCM-5] [TEN-9]', async () => {
    await aToken(365);
    await inTenant(database.app, tenant.id, (transaction) =>
      transaction.rows('UPDATE tenants SET suspended_at = $2 WHERE id = $1', [tenant.id, now]),
    );
    expect(await look(340)).toBe(0);
  });
});
