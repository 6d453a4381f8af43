import type { TaskFailure } from '@gatehouse/core';
import type { Logger } from 'pino';

/** A failure names no person and no link, so that the log may have it as it is. */
export function logTaskFailure(log: Logger): (failure: TaskFailure) => void {
  return (task) => {
    const what = task.kind === 'send-mail' ? 'a mail was not taken' : 'a task failed';
    log.warn({ task }, task.againAt ? `${what} and is tried again` : `${what} and was given up`);
  };
}
