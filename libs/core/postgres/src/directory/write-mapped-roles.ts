import type { MappedRoleDecision } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import type { MappedMember } from './mapped-members';

/** A member, and what it is to be. */
export interface DecidedMember extends MappedMember {
  readonly decision: MappedRoleDecision;
}

// An owner keeps a way in without single sign-on, so that who becomes one is no longer set to it (ENF-4).
const writingMembers = `UPDATE members m SET role = w.role, role_mapped_by = w.mark,
    sso = CASE WHEN w.role = 'owner' AND m.sso = 'sso' THEN 'inherit' ELSE m.sso END
  FROM unnest($2::text[], $3::text[], $4::text[]) AS w (id, role, mark)
  WHERE m.tenant_id = $1 AND m.id = w.id AND (m.role, m.role_mapped_by) IS DISTINCT FROM (w.role, w.mark)`;

const remembering = `UPDATE directory_people p SET mapped_role = w.role, mapped_by = w.by
  FROM unnest($2::text[], $3::text[], $4::text[]) AS w (id, role, by)
  WHERE p.tenant_id = $1 AND p.id = w.id AND (p.mapped_role, p.mapped_by) IS DISTINCT FROM (w.role, w.by)`;

/** Writes what differs from what is there: the members' roles, and what the mappings said. */
export async function writeMappedRoles(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  decided: readonly DecidedMember[],
): Promise<void> {
  if (decided.length === 0) return;
  const decisions = decided.map(({ decision }) => decision);
  await Promise.all([
    transaction.rows(writingMembers, [
      transaction.tenantId,
      decided.map(({ memberId }) => memberId),
      decisions.map(({ member }) => member.role),
      decisions.map(({ member }) => member.roleMappedBy ?? null),
    ]),
    transaction.rows(remembering, [
      transaction.tenantId,
      decided.map(({ personId }) => personId),
      decisions.map(({ remember }) => remember?.role ?? null),
      decisions.map(({ remember }) => remember?.groupId ?? null),
    ]),
  ]);
}
