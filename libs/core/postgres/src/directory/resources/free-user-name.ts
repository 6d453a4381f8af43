import type { TenantTransaction } from '../../transaction';
import type { ResourceWrite } from './resource-scope';
import type { LockedPerson, PersonContent } from './person-row';

// U+0001 and the ID: a name that nobody else has.
const freeing = `UPDATE directory_people SET user_name_key = user_name_key || E'\\x01' || id
  WHERE directory_id = $2 AND user_name_key = $3 AND tenant_id = $1 AND deleted_at IS NOT NULL`;

/**
 * Whoever was deleted keeps the userName, by which somebody is known who comes back, until another person is given it: no client
 * sees who is in the way there. After that, only the externalId brings them back.
 */
export async function freeUserName(
  transaction: TenantTransaction,
  { directory: { tenantId, id } }: ResourceWrite,
  { person }: LockedPerson,
  { profile }: PersonContent,
): Promise<void> {
  const key = profile.userName.toLowerCase();
  if (key !== person.userName.toLowerCase()) await transaction.rows(freeing, [tenantId, id, key]);
}
