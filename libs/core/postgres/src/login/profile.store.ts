import {
  emailKey,
  ProfileStore,
  type Chance,
  type Happening,
  type KeyRing,
  type MailMessage,
  type NewProfile,
  type ProfileFacts,
  type ProfileLink,
  type TenantId,
  type User,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { tellOwners } from '../mail/tell-owners';
import { readUser } from '../members/member.row';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { violates } from '../unique-violation';

const ofLink = 'tenant_id = $1 AND connection_id = $2 AND issuer = $3 AND subject = $4 AND user_id = $5';

export class PostgresProfileStore extends ProfileStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async look(
    tenantId: TenantId,
    link: ProfileLink,
    { key, domain }: { readonly key: string; readonly domain: string },
  ): Promise<ProfileFacts> {
    const sql = `SELECT user_is_elsewhere_anywhere($5, $1) AS elsewhere,
        EXISTS (SELECT FROM domains WHERE tenant_id = $1 AND name = $6 AND verified_at IS NOT NULL) AS ours,
        EXISTS (SELECT FROM users WHERE email_key = $7 AND id <> $5) AS taken,
        (SELECT held_address FROM links WHERE ${ofLink}) AS held`;
    const [row] = await rowsInTenant(this.database, tenantId, sql, [...keysOf(tenantId, link), domain, key]);
    if (!row) throw new Error('The database answered nothing.');
    const held = row.optionalText('held');
    return {
      elsewhere: row.flag('elsewhere'),
      domainIsVerified: row.flag('ours'),
      addressIsTaken: row.flag('taken'),
      ...(held !== undefined && { held }),
    };
  }

  async take(tenantId: TenantId, link: ProfileLink, profile: NewProfile, because: Happening): Promise<User> {
    try {
      return await this.#take(tenantId, link, profile, because);
    } catch (error) {
      // Somebody else got the address a moment ago: the next sign-in holds it.
      if (!violates(error, 'users_email_key')) throw error;
      return inTenant(this.database, tenantId, (transaction) => userOf(transaction, link));
    }
  }

  hold(
    tenantId: TenantId,
    link: ProfileLink,
    email: string,
    because: Happening,
    toOwners: MailMessage | undefined,
  ): Promise<User> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (await remember(transaction, link, emailKey(email))) {
        await transaction.note(because, this.chance);
        if (toOwners) await tellOwners(transaction, toOwners, because.at, this.chance, this.keyRing);
      }
      return userOf(transaction, link);
    });
  }

  #take(tenantId: TenantId, link: ProfileLink, profile: NewProfile, because: Happening): Promise<User> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (await write(transaction, link, profile)) {
        if (profile.email !== undefined) await settleAddress(transaction, link);
        await transaction.note(because, this.chance);
      }
      return userOf(transaction, link);
    });
  }
}

/** False where the account is not this tenant's alone, or the domain of the address not its own (any more). */
async function write(
  transaction: TenantTransaction,
  { userId }: ProfileLink,
  { email, name }: NewProfile,
): Promise<boolean> {
  const { tenantId } = transaction;
  // Before the user, as whoever links, unlinks or removes the member does.
  await transaction.rows('SELECT id FROM members WHERE tenant_id = $1 AND user_id = $2 FOR NO KEY UPDATE', [
    ...[tenantId, userId],
  ]);
  const row = await transaction.row('SELECT take_profile_anywhere($1, $2, $3, $4, $5, $6) AS taken', [
    ...[userId, tenantId, email ?? null, email === undefined ? null : emailKey(email)],
    ...[name ?? null, name?.toLowerCase() ?? null],
  ]);
  return row?.flag('taken') ?? false;
}

/** No other address is held; and a link that was mailed to the one of before may be in hands that it is no longer in. */
async function settleAddress(transaction: TenantTransaction, link: ProfileLink): Promise<void> {
  await remember(transaction, link, null);
  await transaction.rows('DELETE FROM password_resets WHERE user_id = $1', [link.userId]);
}

/** False where the same was remembered before. */
async function remember(
  transaction: TenantTransaction,
  link: ProfileLink,
  address: string | null,
): Promise<boolean> {
  const sql = `UPDATE links SET held_address = $6 WHERE ${ofLink} AND held_address IS DISTINCT FROM $6 RETURNING id`;
  const values = [...keysOf(transaction.tenantId, link), address];
  return (await transaction.row(sql, values)) !== undefined;
}

async function userOf(transaction: TenantTransaction, { userId }: ProfileLink): Promise<User> {
  const row = await transaction.row('SELECT * FROM users WHERE id = $1', [userId]);
  if (!row) throw new Error(`There is no user ${userId}.`);
  return readUser(row);
}

function keysOf(tenantId: TenantId, { connectionId, issuer, subject, userId }: ProfileLink): unknown[] {
  return [tenantId, connectionId, issuer, subject, userId];
}
