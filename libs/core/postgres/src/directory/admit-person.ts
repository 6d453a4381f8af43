import {
  describeNewPerson,
  emailKey,
  startingSso,
  type Happening,
  type Member,
  type NewPerson,
  type Tenant,
  type User,
} from '@gatehouse/core';
import { insertingMember, insertingUser } from '../members/write-person';
import type { TenantTransaction } from '../transaction';
import { because, type PersonChange } from './settlement';
import type { Situation } from './standing-facts';

export interface Admission {
  readonly user: User;
  readonly member: Member;
  /** Whether nobody had the address before. */
  readonly brought: boolean;
  readonly happening: Happening;
}

/**
 * Makes the person a member, and forgets that this directory removed it. Nothing where somebody else made the same user, or it
 * a member, a moment ago: look again.
 */
export async function admitPerson(
  transaction: TenantTransaction,
  change: PersonChange,
  { tenant, user, removed }: Situation,
): Promise<Admission | undefined> {
  const described = describe(change, tenant);
  const known = user ?? described.user;
  const member = { ...described.member, userId: known.id };
  if (removed) await letInAgain(transaction, change, known);
  const statements = [...(user ? [] : [insertingUser(known)]), insertingMember(member)];
  const written = await transaction.all(statements);
  if (written.at(-1)?.length !== 1) return undefined;
  const added = { email: known.email, role: member.role, sso: member.sso };
  const happening = because(change, { type: 'member.added', subject: member.id, after: added });
  return { user: known, member, brought: user === undefined, happening };
}

function describe(
  { after: { email, name }, directory, at, chance }: PersonChange,
  tenant: Tenant,
): NewPerson {
  if (email === undefined) throw new Error('Who has no address is not admitted.');
  const role = directory.defaultRole;
  return describeNewPerson(
    tenant.id,
    { email, name, role, sso: startingSso(tenant, role, true) },
    at,
    chance,
  );
}

/** Only what this directory did itself: whom somebody else removed, it does not bring back (TEN-11). */
async function letInAgain(
  transaction: TenantTransaction,
  { directory }: PersonChange,
  { id, email }: User,
): Promise<void> {
  await transaction.rows(
    `DELETE FROM removed_members WHERE tenant_id = $1 AND (user_id = $2 OR email_key = $3)
       AND removed_by ->> 'kind' = 'directory' AND removed_by ->> 'id' = $4`,
    [transaction.tenantId, id, emailKey(email), directory.id],
  );
}
