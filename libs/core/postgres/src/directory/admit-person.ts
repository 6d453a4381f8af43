import {
  describeNewPerson,
  emailKey,
  startingSso,
  type Happening,
  type Member,
  type User,
} from '@gatehouse/core';
import { insertMember, insertUser, userByEmail } from '../members/write-person';
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
 * Makes the person a member, and forgets that this directory removed it. Nothing where somebody else made the same user a
 * member a moment ago: look again.
 */
export async function admitPerson(
  transaction: TenantTransaction,
  change: PersonChange,
  { tenant, user, removed }: Situation,
): Promise<Admission | undefined> {
  const { after, directory, at, chance } = change;
  if (after.email === undefined) throw new Error('Who has no address is not admitted.');
  const role = directory.defaultRole;
  const who = { email: after.email, name: after.name, role, sso: startingSso(tenant, role, true) };
  const described = describeNewPerson(tenant.id, who, at, chance);
  const brought = user === undefined && (await insertUser(transaction, described.user));
  const known = user ?? (brought ? described.user : await userByEmail(transaction, who.email));
  const member = { ...described.member, userId: known.id };
  if (removed) await letInAgain(transaction, change, known);
  if (!(await insertMember(transaction, member))) return undefined;
  const added = { email: known.email, role, sso: member.sso };
  const happening = because(change, { type: 'member.added', subject: member.id, after: added });
  return { user: known, member, brought, happening };
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
