import type { Chance, Happening, SessionId } from '@gatehouse/core';
import { noteAll } from '../note-all';
import type { TenantTransaction } from '../transaction';

/** Each ended session by itself, as if its person had signed out: applications end their own sessions by that. */
export async function announceEnded(
  transaction: TenantTransaction,
  ended: readonly SessionId[],
  { at, actor }: Happening,
  data: Readonly<Record<string, unknown>>,
  chance: Chance,
): Promise<void> {
  const { tenantId } = transaction;
  const facts = ended.map((subject) => ({
    type: 'session.ended' as const,
    tenantId,
    at,
    actor,
    subject,
    data,
  }));
  await noteAll(transaction, facts, chance);
}
