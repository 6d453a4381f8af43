import {
  directoryGroupId,
  directoryId,
  memberId,
  memberSsoChoices,
  roles,
  tenantId,
  userId,
  type Exemption,
  type Member,
  type Person,
  type User,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readUser(row: Row): User {
  const name = row.optionalText('name');
  return {
    id: row.id('id', userId),
    email: row.text('email'),
    ...(name !== undefined && { name }),
    createdAt: row.date('created_at'),
  };
}

export function readMember(row: Row): Member {
  const exemption = row.optionalObject('exemption');
  const [suspendedAt, unlinkedAt] = [row.optionalDate('suspended_at'), row.optionalDate('unlinked_at')];
  const [suspendedBy, roleMappedBy] = [row.optionalText('suspended_by'), row.optionalText('role_mapped_by')];
  return {
    id: row.id('id', memberId),
    tenantId: row.id('tenant_id', tenantId),
    userId: row.id('user_id', userId),
    role: row.oneOf('role', roles),
    sso: row.oneOf('sso', memberSsoChoices),
    ...(exemption && { exemption: readExemption(exemption) }),
    ...(suspendedAt && { suspendedAt }),
    ...(suspendedBy !== undefined && { suspendedBy: directoryId.parse(suspendedBy) }),
    ...(roleMappedBy !== undefined && { roleMappedBy: directoryGroupId.parse(roleMappedBy) }),
    ...(unlinkedAt && { unlinkedAt }),
    createdAt: row.date('created_at'),
  };
}

/** From the JSON of a member or an invitation. */
export function readExemption(row: Row): Exemption {
  const until = row.optionalDate('until');
  return { reason: row.text('reason'), ...(until && { until }) };
}

/** What to select from `members m` joined with `users u` for `readPerson`. */
export const personColumns = 'to_jsonb(m) AS member, to_jsonb(u) AS person';

export function readPerson(row: Row): Person {
  return { user: readUser(row.object('person')), member: readMember(row.object('member')) };
}
