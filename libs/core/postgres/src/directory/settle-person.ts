import {
  decideStanding,
  type Happening,
  type Member,
  type StandingDecision,
  type User,
} from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { admitPerson } from './admit-person';
import { removePerson, suspendPerson } from './end-access';
import { because, type PersonChange } from './settlement';
import { lookAtPerson, type Situation } from './standing-facts';

/** What came of the decision. */
interface Outcome {
  readonly decision: StandingDecision;
  readonly user?: User | undefined;
  readonly member?: Member | undefined;
  readonly brought?: boolean | undefined;
  readonly happenings: readonly Happening[];
}

/**
 * Decides what a written row of `directory_people` means for the tenant, does it, and writes its standing, in the transaction
 * of that write and behind it. Answers with everything that happened, the write itself included; the caller notes it.
 */
export async function settlePerson(
  transaction: TenantTransaction,
  change: PersonChange,
): Promise<Happening[]> {
  const situation = await lookAtPerson(transaction, change);
  const outcome = await carryOut(transaction, change, situation);
  if (!outcome) return settlePerson(transaction, change);
  await writeStanding(transaction, change, outcome);
  return [describeWrite(change, outcome), ...outcome.happenings];
}

async function carryOut(
  transaction: TenantTransaction,
  change: PersonChange,
  situation: Situation,
): Promise<Outcome | undefined> {
  const decision = decideStanding(situation.facts);
  const { user, member } = situation;
  if (decision.effect === 'admit') {
    const admission = await admitPerson(transaction, change, situation);
    return admission && { decision, ...admission };
  }
  if (member && decision.effect === 'suspend')
    return { decision, user, member, happenings: await suspendPerson(transaction, change, member) };
  if (member && decision.effect === 'remove')
    return { decision, user, happenings: await removePerson(transaction, change, member) };
  return { decision, user, member, happenings: [] };
}

async function writeStanding(
  transaction: TenantTransaction,
  { id, before }: PersonChange,
  { decision, user, member, brought }: Outcome,
): Promise<void> {
  const belongs =
    decision.standing === 'admitted' || decision.standing === 'held' || decision.effect === 'suspend';
  await transaction.rows(
    `UPDATE directory_people SET standing = $3, quarantined_for = $4, user_id = $5, member_id = $6, brought = $7
     WHERE tenant_id = $1 AND id = $2`,
    [
      ...[transaction.tenantId, id, decision.standing],
      decision.effect === 'quarantine' ? decision.reason : null,
      belongs ? user?.id : before?.userId,
      belongs ? member?.id : decision.standing === 'deactivated' ? before?.memberId : null,
      brought ?? before?.brought ?? false,
    ],
  );
}

function describeWrite(change: PersonChange, { decision: { standing } }: Outcome): Happening {
  const { id: subject, before, after, deleted } = change;
  const { userName, email, active } = after;
  const type = deleted ? 'deleted' : before ? 'updated' : 'created';
  return because(change, {
    type: `provisioned_person.${type}`,
    subject,
    after: { userName, email, active, standing },
  });
}
