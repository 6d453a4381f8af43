import type { TenantTransaction } from '../transaction';
import type { DecidedMember } from './write-mapped-roles';

/** What is written, and what is not because nobody would be left to own the tenant (TEN-2). */
export interface OwnersKept {
  readonly changes: readonly DecidedMember[];
  readonly held?: DecidedMember;
}

const anotherOwner = `SELECT id FROM members
  WHERE tenant_id = $1 AND role = 'owner' AND suspended_at IS NULL AND NOT id = ANY($2) LIMIT 1`;

/** Where mappings would take every owner, the one who has been a member longest stays one, until they say so again. */
export async function keepAnOwner(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  decided: readonly DecidedMember[],
): Promise<OwnersKept> {
  const goes = decided.filter(isOwnerWhoGoes);
  const held = goes.find(({ acts }) => acts);
  if (!held || decided.some(isOwnerWhoComes)) return { changes: decided };
  const ids = goes.map(({ memberId }) => memberId);
  const [other] = await transaction.rows(anotherOwner, [transaction.tenantId, ids]);
  return other ? { changes: decided } : { changes: decided.filter((each) => each !== held), held };
}

function isOwnerWhoGoes({ member, decision }: DecidedMember): boolean {
  return member.role === 'owner' && decision.member.role !== 'owner';
}

function isOwnerWhoComes({ member, decision, acts }: DecidedMember): boolean {
  return acts && member.role !== 'owner' && decision.member.role === 'owner';
}
