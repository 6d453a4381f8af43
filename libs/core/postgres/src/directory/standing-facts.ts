import {
  emailDomain,
  emailKey,
  type Member,
  type StandingFacts,
  type Tenant,
  type User,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import { readMember, readUser } from '../members/member.row';
import type { Row } from '../row';
import { readTenant } from '../tenants/tenant.row';
import type { TenantTransaction } from '../transaction';
import type { PersonChange } from './settlement';

/** What the decision rests on, and whom it is about. */
export interface Situation {
  readonly facts: StandingFacts;
  readonly tenant: Tenant;
  /** Whom the person was before, or who has its address. */
  readonly user?: User | undefined;
  readonly member?: Member | undefined;
  /** Whether it was removed from the tenant, by whomever. */
  readonly removed: boolean;
}

// Who was somebody once stays that user, whatever address the directory gives meanwhile (SCM-9).
const looking = `SELECT to_jsonb(t) AS tenant, to_jsonb(u) AS person, to_jsonb(m) AS member,
    EXISTS (SELECT FROM domains WHERE tenant_id = $1 AND name = $4 AND verified_at IS NOT NULL) AS ours,
    EXISTS (SELECT FROM directory_people p WHERE p.tenant_id = $1 AND p.member_id = m.id AND p.id <> $2) AS taken,
    (SELECT jsonb_agg(r.removed_by) FROM removed_members r
     WHERE r.tenant_id = $1 AND (r.user_id = u.id OR r.email_key = $3)) AS removals
  FROM tenants t
  LEFT JOIN users u ON u.id = coalesce($5, (SELECT id FROM users WHERE email_key = $3))
  LEFT JOIN members m ON m.tenant_id = $1 AND m.user_id = u.id
  WHERE t.id = $1`;

/** As this transaction sees it now. */
export async function lookAtPerson(transaction: TenantTransaction, change: PersonChange): Promise<Situation> {
  const { before, after, id } = change;
  const email = after.email ?? '';
  const row = await transaction.row(looking, [
    ...[transaction.tenantId, id, emailKey(email), emailDomain(email), before?.userId ?? null],
  ]);
  if (!row) throw new Error(`There is no tenant ${transaction.tenantId}.`);
  const [person, joined] = [row.optionalObject('person'), row.optionalObject('member')];
  const member = joined && readMember(joined);
  return {
    facts: factsOf(row, member, change),
    tenant: readTenant(row.object('tenant')),
    user: person && readUser(person),
    member,
    removed: row.optionalObjects('removals').length > 0,
  };
}

function factsOf(row: Row, member: Member | undefined, change: PersonChange): StandingFacts {
  const { directory, before, after, deleted, waited } = change;
  return {
    directoryId: directory.id,
    wanted: deleted ? 'deleted' : after.active ? 'active' : 'inactive',
    before,
    verdict: waited?.verdict,
    hasAddress: after.email !== undefined,
    domainIsVerified: row.flag('ours'),
    member,
    memberIsTaken: row.flag('taken'),
    removedByOthers: row
      .optionalObjects('removals')
      .map(readActor)
      .some(({ kind, id }) => kind !== 'directory' || id !== directory.id),
  };
}
