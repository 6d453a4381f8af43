import type { Happening, Member, SessionId } from '@gatehouse/core';
import { revokingTokensOf } from '../api-tokens/revoke-tokens';
import { endSessionsOf, removeMember } from '../members/remove-member';
import type { TenantTransaction } from '../transaction';
import { because, type PersonChange } from './settlement';

/** Keeps the member out until the directory or somebody of the tenant says otherwise: sessions and API tokens end (SCM-3). */
export async function suspendPerson(
  transaction: TenantTransaction,
  change: PersonChange,
  member: Member,
): Promise<Happening[]> {
  const { directory, at } = change;
  await transaction.rows(
    'UPDATE members SET suspended_at = $3, suspended_by = $4 WHERE tenant_id = $1 AND id = $2',
    [transaction.tenantId, member.id, at, directory.id],
  );
  const { sql, values } = revokingTokensOf(transaction.tenantId, member.id, at);
  await transaction.rows(sql, values);
  const ended = await endSessionsOf(transaction, member, at);
  return withSessions(change, { type: 'member.suspended', subject: member.id }, ended);
}

/** Ends the membership as a removal by a person does, and remembers that it was this directory. */
export async function removePerson(
  transaction: TenantTransaction,
  change: PersonChange,
  member: Member,
): Promise<Happening[]> {
  const fact = {
    type: 'member.removed',
    subject: member.id,
    before: { role: member.role },
  } as const;
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
