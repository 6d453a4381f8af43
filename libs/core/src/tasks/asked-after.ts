import type { OutboxEvent } from '../events/outbox';
import { taskId, type ConnectionId } from '../shared/ids';
import type { Task } from './task';

/** The task that has members asked to link because of an event: of the same event, always the same task. */
export function askedAfter(
  { id, happening: { tenantId } }: OutboxEvent,
  connectionId: ConnectionId,
  createdAt: Date,
): Task<'ask-members-to-link'> {
  return {
    id: taskId.parse(`${taskId.prefix}_${id.slice(id.indexOf('_') + 1)}`),
    kind: 'ask-members-to-link',
    payload: { tenantId, connectionId },
    createdAt,
  };
}
