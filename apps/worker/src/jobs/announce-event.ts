import { sessionId, type Clock, type LogoutNotices } from '@gatehouse/core';
import type { Logger } from 'pino';
import type { Announce } from './relay-outbox.job';

/** Who wants to know of an event: the log, and the applications of a session that has ended, however it did. */
export function announceEvent(log: Logger, notices: LogoutNotices, clock: Clock): Announce {
  return async ({ id, happening: { type, tenantId, subject, at } }) => {
    if (type === 'session.ended' && sessionId.is(subject))
      await notices.raise(tenantId, subject, clock.now());
    // Whatever may be personal stays in the audit log.
    log.info({ event: { id, type, tenantId, subject, at } }, 'event');
  };
}
