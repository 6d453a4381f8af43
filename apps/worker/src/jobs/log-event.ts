import type { Logger } from 'pino';
import type { Announce } from './relay-outbox.job';

/** The one consumer of events so far: a line in the log. Whatever may be personal stays in the audit log. */
export function logEvent(log: Logger): Announce {
  return ({ id, happening: { type, tenantId, subject, at } }) =>
    log.info({ event: { id, type, tenantId, subject, at } }, 'event');
}
