import type { Clock } from '@gatehouse/core';
import type { PostgresConnectionPurge, PostgresSweeper } from '@gatehouse/core-postgres';
import type { Logger } from 'pino';

/** Forgets what has expired, and connections that were deleted long enough ago. */
export class SweepExpired {
  constructor(
    private readonly sweeper: PostgresSweeper,
    private readonly connections: PostgresConnectionPurge,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  async run(): Promise<void> {
    const now = this.clock.now();
    const swept = { ...(await this.sweeper.sweep(now)), connections: await this.connections.purge(now) };
    this.log.info({ swept }, 'forgot what has expired');
  }
}
