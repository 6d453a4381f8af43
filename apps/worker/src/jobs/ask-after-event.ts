import {
  askedAfter,
  connectionId,
  type Clock,
  type ConnectionId,
  type Connection,
  type OutboxEvent,
  type TaskStore,
  type TenantId,
} from '@gatehouse/core';
import type { Announce } from './relay-outbox.job';

/** As much of the store as is asked. */
interface Connections {
  primary(tenantId: TenantId): Promise<Pick<Connection, 'id' | 'enabledAt'> | undefined>;
}

/**
 * Has the members asked to link once single sign-on is switched on, and again when a domain is added to it (LNK-2). An event
 * that is announced twice asks once: the task is named after it.
 */
export function askAfterEvent(
  tasks: Pick<TaskStore, 'add'>,
  connections: Connections,
  clock: Clock,
): Announce {
  return async (event) => {
    const asking = await connectionOf(event, connections);
    if (asking) await tasks.add(event.happening.tenantId, askedAfter(event, asking, clock.now()));
  };
}

/** Which connection there is to link to because of the event. */
async function connectionOf(
  { happening: { type, tenantId, subject } }: OutboxEvent,
  connections: Connections,
): Promise<ConnectionId | undefined> {
  if (type === 'connection.enabled') return connectionId.parse(subject);
  if (type !== 'domain.verified') return undefined;
  const primary = await connections.primary(tenantId);
  return primary?.enabledAt && primary.id;
}
