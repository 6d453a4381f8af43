import type { EndRefusedSessions } from '@gatehouse/core';
import type { Logger } from 'pino';

/** Ends what would be refused by now: an exemption may have run out, or a change ended before all sessions had. */
export class EndRefusedSessionsJob {
  constructor(
    private readonly sessions: EndRefusedSessions,
    private readonly log: Logger,
  ) {}

  async run(): Promise<void> {
    const ended = await this.sessions.endEverywhere();
    if (ended > 0) this.log.info({ ended }, 'ended sessions that a policy refuses');
  }
}
