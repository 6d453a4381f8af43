import { activeUnlessSaid, applyPatch, userType, type Change, type StoredResource } from '@gatehouse/scim';
import type { TenantTransaction } from '../../transaction';
import { provisionedColumns } from '../provisioned-person.row';
import type { ResourceWrite } from './resource-scope';
import { freeUserName } from './free-user-name';
import { absent, readLockedPerson, readPersonContent, refuseOtherVersion } from './person-row';
import { peopleTable } from './resource-table';
import { storedJson, withPart } from './stored-json';
import { updatePerson } from './update-person';
import type { Written } from './write-resource';

export interface WantedChange {
  readonly id: string;
  readonly change: Change;
  readonly wanted: number | undefined;
}

const locking = `SELECT ${provisionedColumns.replaceAll('p.', 'r.')}, r.version, r.document, r.updated_at,
    ${peopleTable.part.sql} AS part
  FROM directory_people r WHERE r.tenant_id = $1 AND r.directory_id = $2 AND r.id = $3 AND r.deleted_at IS NULL
  FOR NO KEY UPDATE OF r`;

/** Replaces or patches a person as it is now: two changes at once happen one after the other. */
export async function changePerson(
  transaction: TenantTransaction,
  write: ResourceWrite,
  { id, change, wanted }: WantedChange,
): Promise<Written<StoredResource>> {
  const { directory, at } = write;
  const row = await transaction.row(locking, [directory.tenantId, directory.id, id]);
  if (!row) throw absent('User', id);
  const locked = readLockedPerson(row);
  refuseOtherVersion(locked.version, wanted);
  const content =
    change.kind === 'replace' ? change.content : applyPatch(locked.document, change.operations, userType);
  const wantedContent = readPersonContent(activeUnlessSaid(content, locked.person.active));
  await freeUserName(transaction, write, locked, wantedContent);
  const { version, happenings } = await updatePerson(transaction, write, locked, wantedContent);
  const outcome = {
    id,
    version: version ?? locked.version,
    createdAt: locked.person.createdAt,
    updatedAt: version === undefined ? row.date('updated_at') : at,
    content: withPart(wantedContent.document, peopleTable.part.attribute, storedJson(row.json('part'))),
  };
  return { outcome, happenings };
}
