import type { Happening, Member, SessionId } from '@gatehouse/core';
import { revokingTokensOf } from '../api-tokens/revoke-tokens';
import { lockSeen, writeSuspension } from '../members/change-member';
import { endSessionsOf, removeMember } from '../members/remove-member';
import type { TenantTransaction } from '../transaction';
import { holdRemoval } from './hold-removal';
import { exceedsGuard } from './removal-tally';
import { because, type PersonChange, type Settled } from './settlement';
import type { Situation } from './standing-facts';

type Access = Pick<Settled, 'standing' | 'heldBy' | 'memberId' | 'counts' | 'happenings'>;

/**
 * Suspends or removes the member, or holds that back for an owner (SCM-8, TEN-2). Nothing where somebody changed the member
 * meanwhile: look again.
 */
export async function endAccess(
  transaction: TenantTransaction,
  change: PersonChange,
  { tenant, user }: Situation,
  seen: Member,
  effect: 'suspend' | 'remove',
): Promise<Access | undefined> {
  const locked = await lockSeen(transaction, seen, 'owner-goes');
  if (locked === 'absent' || locked === 'meanwhile') return undefined;
  const hold = async (lastOwner?: string): Promise<Access> => ({
    ...(await holdRemoval(transaction, change, tenant.name, lastOwner)),
    ...{ standing: 'held', memberId: seen.id, counts: lastOwner === undefined },
  });
  if (locked === 'last-owner') return hold(user?.email ?? '');
  const acts = locked.suspendedAt === undefined;
  if (acts && change.waited === undefined && (await exceedsGuard(transaction, change))) return hold();
  if (effect === 'remove')
    return {
      ...{ standing: 'removed', counts: acts },
      happenings: await removePerson(transaction, change, locked),
    };
  return {
    ...{ standing: 'deactivated', memberId: seen.id, counts: acts },
    happenings: await suspendPerson(transaction, change, locked),
  };
}

/** Keeps the member out until the directory or somebody of the tenant says otherwise: sessions and API tokens end (SCM-3). */
async function suspendPerson(
  transaction: TenantTransaction,
  change: PersonChange,
  member: Member,
): Promise<Happening[]> {
  const { directory, at } = change;
  await writeSuspension(transaction, member, at, directory.id);
  const { sql, values } = revokingTokensOf(transaction.tenantId, member.id, at);
  await transaction.rows(sql, values);
  const ended = await endSessionsOf(transaction, member, at);
  return withSessions(change, { type: 'member.suspended', subject: member.id }, ended);
}

/** Ends the membership as a removal by a person does, and remembers that it was this directory. */
async function removePerson(
  transaction: TenantTransaction,
  change: PersonChange,
  member: Member,
): Promise<Happening[]> {
  const before = { role: member.role };
  const fact = { type: 'member.removed', subject: member.id, before } as const;
  const ended = await removeMember(transaction, member, because(change, fact));
  return withSessions(change, fact, ended);
}

/** Each ended session by itself, as if its person had signed out: applications end their own sessions by that. */
function withSessions(
  change: PersonChange,
  fact: Pick<Happening, 'type' | 'subject' | 'before'>,
  ended: readonly SessionId[],
): Happening[] {
  const data = { reason: fact.type };
  return [
    because(change, { ...fact, data: { sessionsEnded: ended.length } }),
    ...ended.map((subject) => because(change, { type: 'session.ended', subject, data })),
  ];
}
