import type { OutboxEvent } from '../events/outbox';
import { taskId } from '../shared/ids';
import type { Task } from './task';

const timeDigits = 10;

/**
 * The task that settles people because of an event: of the same event, always the same task, and another one than has members
 * asked to link because of it. The digits of chance are the event's, the last of them first.
 */
export function settledAfter(
  { id, happening: { tenantId } }: OutboxEvent,
  createdAt: Date,
): Task<'settle-people'> {
  const digits = id.slice(id.indexOf('_') + 1);
  const [time, chance] = [digits.slice(0, timeDigits), digits.slice(timeDigits)];
  const turned = [...chance].reverse().join('');
  return {
    id: taskId.parse(`${taskId.prefix}_${time}${turned}`),
    kind: 'settle-people',
    payload: { tenantId },
    createdAt,
  };
}
