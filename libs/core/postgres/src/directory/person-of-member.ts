import {
  type Happening,
  type MemberId,
  type ProvisionedPerson,
  type QuarantineReason,
  type Standing,
} from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { provisionedColumns, readProvisionedPerson } from './provisioned-person.row';

/** Whom a directory provisions as this member, if one does: locked before tenant and member, as its directory's writes do. */
export async function lockPersonOf(
  transaction: TenantTransaction,
  member: MemberId,
): Promise<ProvisionedPerson | undefined> {
  const sql = `SELECT ${provisionedColumns} FROM directory_people p
    WHERE p.tenant_id = $1 AND p.member_id = $2 FOR NO KEY UPDATE`;
  const row = await transaction.row(sql, [transaction.tenantId, member]);
  return row && readProvisionedPerson(row);
}

/** The directory goes on having the person, whom somebody removed from the tenant: it waits to be readmitted (TEN-11). */
export async function loseMember(
  transaction: TenantTransaction,
  person: ProvisionedPerson,
  { at, actor }: Happening,
): Promise<Happening[]> {
  const standing = standingWithoutMember(person);
  const isKept = standing === 'quarantined';
  await write(transaction, person, standing, isKept ? 'member_removed' : null);
  if (!isKept) return [];
  const { id: subject, tenantId, directoryId, userName, email } = person;
  const after = { userName, email, standing, quarantinedFor: 'member_removed' };
  const type = 'provisioned_person.quarantined';
  return [{ type, tenantId, at, actor, subject, after, data: { directoryId, personId: subject } }];
}

/** Somebody's word stands until the directory says something new of the person. */
export async function letBackIn(transaction: TenantTransaction, person: ProvisionedPerson): Promise<void> {
  if (person.standing !== 'deactivated') return;
  await transaction.rows(
    `UPDATE directory_people SET standing = 'admitted', access_ended_at = NULL WHERE tenant_id = $1 AND id = $2`,
    [transaction.tenantId, person.id],
  );
}

function standingWithoutMember({ deletedAt, active }: ProvisionedPerson): Standing {
  if (deletedAt) return 'removed';
  return active ? 'quarantined' : 'deactivated';
}

async function write(
  transaction: TenantTransaction,
  { id }: ProvisionedPerson,
  standing: Standing,
  reason: QuarantineReason | null,
): Promise<void> {
  await transaction.rows(
    `UPDATE directory_people SET standing = $3, quarantined_for = $4, held_by = NULL, member_id = NULL,
       access_ended_at = NULL WHERE tenant_id = $1 AND id = $2`,
    [transaction.tenantId, id, standing, reason],
  );
}
