import type { MailFailure } from '@gatehouse/core';
import type { Logger } from 'pino';

/** A failure names no person and no link, so that the log may have it as it is. */
export function logMailFailure(log: Logger): (failure: MailFailure) => void {
  return (mail) =>
    log.warn({ mail }, mail.againAt ? 'a mail was not taken and is tried again' : 'a mail was given up');
}
