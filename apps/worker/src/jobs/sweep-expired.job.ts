import type { Clock } from '@gatehouse/core';
import type { PostgresSweeper } from '@gatehouse/core-postgres';
import type { Logger } from 'pino';

/** Forgets what has expired. */
export class SweepExpired {
  constructor(
    private readonly sweeper: PostgresSweeper,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  async run(): Promise<void> {
    const swept = await this.sweeper.sweep(this.clock.now());
    this.log.info({ swept }, 'forgot what has expired');
  }
}
