import {
  directoryGroupId,
  directoryPersonId,
  memberId,
  provisionedRoles,
  roles,
  type DirectoryId,
  type DirectoryPersonId,
  type MappedRole,
  type MappedRoleFacts,
  type MemberId,
} from '@gatehouse/core';
import type { Row } from '../row';
import type { TenantTransaction } from '../transaction';

/** A person of a directory who is a member, and what its role follows from. */
export interface MappedMember extends MappedRoleFacts {
  readonly personId: DirectoryPersonId;
  readonly memberId: MemberId;
  /** Whether it could act as an owner, being one. */
  readonly acts: boolean;
}

type Asking = Pick<TenantTransaction, 'tenantId' | 'rows'>;

// Who is held back keeps its role with its membership (SCM-8). Not FOR UPDATE, which would wait for whoever just puts the
// person into another group, while that one may wait for us.
const lockingPeople = `SELECT p.id FROM directory_people p
  WHERE p.tenant_id = $1 AND p.directory_id = $2 AND p.id = ANY($3) AND p.member_id IS NOT NULL AND p.standing <> 'held'
    AND (p.mapped_role IS NOT NULL OR EXISTS (
      SELECT FROM directory_group_members g JOIN role_mappings r ON r.group_id = g.group_id AND r.tenant_id = $1
      WHERE g.person_id = p.id))
  ORDER BY p.id FOR NO KEY UPDATE OF p`;

/** Those of these people whom a mapping concerns now, or concerned when it gave a role last. */
export async function lockMappedPeople(
  transaction: Asking,
  directoryId: DirectoryId,
  people: readonly DirectoryPersonId[],
): Promise<DirectoryPersonId[]> {
  if (people.length === 0) return [];
  const rows = await transaction.rows(lockingPeople, [transaction.tenantId, directoryId, people]);
  return rows.map((row) => row.id('id', directoryPersonId));
}

// The tenant's row stands for its set of owners, and comes before its members in the order of locks.
const lockingOwners = `SELECT t.id FROM tenants t WHERE t.id = $1 AND EXISTS (
    SELECT FROM directory_people p JOIN members m ON m.tenant_id = $1 AND m.id = p.member_id
    WHERE p.id = ANY($2) AND m.role = 'owner' AND m.role_mapped_by IS NOT NULL)
  FOR NO KEY UPDATE OF t`;

const mappedMembers = `SELECT p.id, p.member_id, p.mapped_role, p.mapped_by, d.default_role,
    m.role, m.role_mapped_by, m.suspended_at IS NULL AS acts, w.role AS wins_role, w.group_id AS wins_group
  FROM directory_people p
  JOIN directories d ON d.id = p.directory_id AND d.tenant_id = $1
  JOIN members m ON m.tenant_id = $1 AND m.id = p.member_id
  LEFT JOIN LATERAL (
    SELECT r.role, r.group_id FROM directory_group_members g
    JOIN role_mappings r ON r.group_id = g.group_id AND r.tenant_id = $1
    WHERE g.person_id = p.id ORDER BY r.priority DESC LIMIT 1) w ON true
  WHERE p.tenant_id = $1 AND p.id = ANY($2)
  ORDER BY m.id FOR NO KEY UPDATE OF m`;

/** As they are now, and as nobody changes them until the end of the transaction. */
export async function readMappedMembers(
  transaction: Asking,
  people: readonly DirectoryPersonId[],
): Promise<MappedMember[]> {
  const values = [transaction.tenantId, people];
  const [, rows] = await Promise.all([
    transaction.rows(lockingOwners, values),
    transaction.rows(mappedMembers, values),
  ]);
  return rows.map(readMappedMember);
}

function readMappedMember(row: Row): MappedMember {
  const mark = row.optionalText('role_mapped_by');
  const [wins, remembered] = [
    readMapped(row, 'wins_role', 'wins_group'),
    readMapped(row, 'mapped_role', 'mapped_by'),
  ];
  return {
    personId: row.id('id', directoryPersonId),
    memberId: row.id('member_id', memberId),
    acts: row.flag('acts'),
    member: {
      role: row.oneOf('role', roles),
      ...(mark !== undefined && { roleMappedBy: directoryGroupId.parse(mark) }),
    },
    ...(wins && { wins }),
    ...(remembered && { remembered }),
    defaultRole: row.oneOf('default_role', provisionedRoles),
  };
}

function readMapped(row: Row, role: string, group: string): MappedRole | undefined {
  if (row.optionalText(role) === undefined) return undefined;
  return { role: row.oneOf(role, roles), groupId: row.id(group, directoryGroupId) };
}
