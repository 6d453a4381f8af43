import {
  directoryGroupId,
  directoryId,
  directoryPersonId,
  emailKey,
  type Directory,
  type DirectoryGroupId,
  type DirectoryPersonId,
  type NewPerson,
  type Role,
  type Standing,
  type Tenant,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresDirectoryStore } from '../directory/directory.store';
import { inTenant } from '../transaction';
import { because, chance, now } from './given';
import { aMemberOf } from './given-enforcement';

export async function anExistingDirectory(
  database: DataSource,
  { id: tenantId }: Pick<Tenant, 'id'>,
  given: Partial<Directory> = {},
): Promise<Directory> {
  const id = directoryId.create(now, chance);
  const rest = { name: 'Okta', defaultRole: 'member', pairing: { by: 'email' }, createdAt: now } as const;
  const directory: Directory = { id, tenantId, ...rest, ...given };
  const store = new PostgresDirectoryStore(database, chance);
  await store.add(tenantId, directory, 20, because(tenantId, 'directory.created', id));
  return directory;
}

export function aDirectoryOf(
  database: DataSource,
  tenantId: TenantId,
  given: Partial<Directory> = {},
): Promise<Directory> {
  return anExistingDirectory(database, { id: tenantId }, given);
}

export async function aGroupOf(
  database: DataSource,
  { id: directory, tenantId }: Directory,
  name: string,
  people: readonly DirectoryPersonId[] = [],
): Promise<DirectoryGroupId> {
  const id = directoryGroupId.create(now, chance);
  await inTenant(database, tenantId, async (transaction) => {
    await transaction.rows(
      `INSERT INTO directory_groups (id, tenant_id, directory_id, display_name, display_name_key, document, version,
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, '{}', 1, $6, $6)`,
      [id, tenantId, directory, name, emailKey(name), now],
    );
    await transaction.rows(
      `INSERT INTO directory_group_members (group_id, person_id, tenant_id, directory_id)
       SELECT $1, person, $2, $3 FROM unnest($4::text[]) AS person`,
      [id, tenantId, directory, people],
    );
  });
  return id;
}

export interface GivenPerson {
  readonly standing?: Standing;
  readonly brought?: boolean;
  readonly externalId?: string;
  readonly email?: string;
  readonly active?: boolean;
  readonly deleted?: boolean;
}

/** A row as the endpoint leaves it, of somebody who is this member, or nobody. */
export async function aProvisioned(
  database: DataSource,
  { id: directory, tenantId }: Pick<Directory, 'id' | 'tenantId'>,
  person: NewPerson | undefined,
  given: GivenPerson = {},
): Promise<DirectoryPersonId> {
  const id = directoryPersonId.create(now, chance);
  const { standing = 'admitted', brought = true, externalId, active = true, deleted = false } = given;
  const email = given.email ?? person?.user.email ?? `${id}@acme.example`;
  await inTenant(database, tenantId, (transaction) =>
    transaction.rows(
      `INSERT INTO directory_people (id, tenant_id, directory_id, user_name, user_name_key, external_id, active, email,
         email_key, document, version, created_at, updated_at, deleted_at, standing, user_id, member_id, brought)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $4, $5, '{}', 1, $8, $8, $9, $10, $11, $12, $13)`,
      [
        ...[id, tenantId, directory, email, emailKey(email), externalId ?? null, active, now],
        ...[deleted ? now : null, standing, person?.user.id ?? null, person?.member.id ?? null, brought],
      ],
    ),
  );
  return id;
}

/** A member whom the directory brought in a role. */
export async function aProvisionedMember(
  database: DataSource,
  tenant: Tenant,
  directory: Directory,
  given: { readonly role?: Role; readonly standing?: Standing } = {},
): Promise<NewPerson & { readonly personId: DirectoryPersonId }> {
  const { role = 'member', standing = 'admitted' } = given;
  const person = await aMemberOf(database, tenant, { role });
  return { ...person, personId: await aProvisioned(database, directory, person, { standing }) };
}
