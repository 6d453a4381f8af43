import {
  configurationFingerprint,
  connectionId,
  startingPolicy,
  type Connection,
  type Member,
  type NewPerson,
  type SignInPolicy,
  type Tenant,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresConnectionStore } from '../connections/connection.store';
import { PostgresLinkStore } from '../linking/link.store';
import { PostgresMemberStore } from '../members/member.store';
import { inTenant, rowsOf } from '../transaction';
import { aConnection, aLink, anExistingTenant, aPerson, because, chance, now } from './given';

/** A tenant whose policy says so. */
export function aTenantWith(database: DataSource, policy: Partial<SignInPolicy>): Promise<Tenant> {
  return anExistingTenant(database, { policy: { ...startingPolicy, ...policy } });
}

/** A connection that is tested and on; which leaves the policy of its tenant as it is. */
export async function anEnabledConnection(database: DataSource, { id }: Tenant): Promise<Connection> {
  const blank = aConnection(id, { id: connectionId.create(now, chance) });
  const test = { fingerprint: configurationFingerprint(blank), at: now, email: 'ada@acme.example' };
  const connection = { ...blank, test, enabledAt: now };
  await new PostgresConnectionStore(database, chance).add(id, connection, because(id, 'connection.created'));
  return connection;
}

export interface GivenMember extends Partial<Pick<Member, 'role' | 'sso' | 'exemption' | 'suspendedAt'>> {
  readonly email?: string;
  /** Through which connection an identity is linked, if one is. */
  readonly through?: Connection;
}

export async function aMemberOf(
  database: DataSource,
  { id }: Tenant,
  { email, through, ...member }: GivenMember = {},
): Promise<NewPerson> {
  const blank = aPerson(id, email === undefined ? {} : { email });
  const person = { ...blank, member: { ...blank.member, ...member } };
  await new PostgresMemberStore(database, chance).add(id, person, because(id, 'member.added'));
  if (through)
    await new PostgresLinkStore(database, chance).add(
      id,
      aLink(through, person, person.user.id),
      because(id),
    );
  return person;
}

/** Password and second factors of a user, as another part of the server writes them. */
export async function giveCredentials(
  database: DataSource,
  { user }: NewPerson,
  changedAt = now,
): Promise<void> {
  const hash = 'INSERT INTO passwords (user_id, hash, changed_at) VALUES ($1, $2, $3)';
  await rowsOf(database, hash, [user.id, 'a hash', changedAt]);
  const codes = 'INSERT INTO recovery_codes (user_id, hash, created_at) VALUES ($1, $2, $3)';
  await rowsOf(database, codes, [user.id, 'a code', changedAt]);
}

/** Runs one statement as the tenant. */
export function asTenant(database: DataSource, { id }: Tenant, sql: string, values: unknown[] = []) {
  return inTenant(database, id, (transaction) => transaction.rows(sql, values));
}
