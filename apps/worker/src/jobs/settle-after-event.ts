import { settledAfter, type Clock, type HappeningType, type TaskStore, type TenantId } from '@gatehouse/core';
import type { Announce } from './relay-outbox.job';

/** As much of the store as is asked. */
interface WaitingPeople {
  any(tenantId: TenantId): Promise<boolean>;
}

/** What people of directories may wait for. */
const awaited: ReadonlySet<HappeningType> = new Set([
  'domain.verified',
  'domain.recovered',
  'member.readmitted',
  'invitation.accepted',
  'directory.deleted',
  'directory.removals_approved',
  'directory.removals_refused',
]);

/** Has people settled who wait for what just happened. An event that is announced twice is settled once. */
export function settleAfterEvent(
  tasks: Pick<TaskStore, 'add'>,
  people: WaitingPeople,
  clock: Clock,
): Announce {
  return async (event) => {
    const { type, tenantId } = event.happening;
    if (awaited.has(type) && (await people.any(tenantId)))
      await tasks.add(tenantId, settledAfter(event, clock.now()));
  };
}
