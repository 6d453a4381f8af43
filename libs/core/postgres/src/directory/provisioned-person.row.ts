import {
  directoryGroupId,
  directoryId,
  directoryPersonId,
  memberId,
  quarantineReasons,
  removalHoldId,
  roles,
  standings,
  tenantId,
  userId,
  type ProvisionedPerson,
} from '@gatehouse/core';
import type { Row } from '../row';

/** All of `directory_people p` that `readProvisionedPerson` reads: not the document, which may be long. */
export const provisionedColumns = `p.id, p.tenant_id, p.directory_id, p.user_name, p.external_id, p.active, p.email, p.name,
  p.created_at, p.deleted_at, p.standing, p.quarantined_for, p.held_by, p.user_id, p.member_id, p.brought,
  p.mapped_role, p.mapped_by`;

export function readProvisionedPerson(row: Row): ProvisionedPerson {
  return {
    id: row.id('id', directoryPersonId),
    tenantId: row.id('tenant_id', tenantId),
    directoryId: row.id('directory_id', directoryId),
    userName: row.text('user_name'),
    active: row.flag('active'),
    standing: row.oneOf('standing', standings),
    brought: row.flag('brought'),
    createdAt: row.date('created_at'),
    ...readTexts(row),
    ...readBonds(row),
  };
}

function readTexts(row: Row): Pick<ProvisionedPerson, 'externalId' | 'email' | 'name'> {
  const externalId = row.optionalText('external_id');
  const [email, name] = [row.optionalText('email'), row.optionalText('name')];
  return {
    ...(externalId !== undefined && { externalId }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
}

/** What ties the person to the tenant, as far as anything does. */
function readBonds(row: Row): Partial<ProvisionedPerson> {
  const has = (name: string): boolean => row.optionalText(name) !== undefined;
  const deletedAt = row.optionalDate('deleted_at');
  return {
    ...(has('quarantined_for') && { quarantinedFor: row.oneOf('quarantined_for', quarantineReasons) }),
    ...(has('held_by') && { heldBy: row.id('held_by', removalHoldId) }),
    ...(has('user_id') && { userId: row.id('user_id', userId) }),
    ...(has('member_id') && { memberId: row.id('member_id', memberId) }),
    ...(has('mapped_role') && { mappedRole: row.oneOf('mapped_role', roles) }),
    ...(has('mapped_by') && { mappedBy: row.id('mapped_by', directoryGroupId) }),
    ...(deletedAt && { deletedAt }),
  };
}
