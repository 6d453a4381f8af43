import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { taskId } from '../shared/ids';
import type { MetadataStore } from './metadata-store';

const batch = 200;
const leaseMs = 10 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** Queues the daily refresh of every connection that has a metadata address (CRT-4). The queue is fair to tenants. */
export class QueueMetadataRefreshes {
  constructor(
    private readonly store: MetadataStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Answers with how many were queued. */
  async run(): Promise<number> {
    for (let queued = 0; ;) {
      const createdAt = this.clock.now();
      const [leaseUntil, tomorrow] = [after(createdAt, leaseMs), after(createdAt, dayMs)];
      const { due, more } = await this.store.claimAnywhere(batch, createdAt, leaseUntil, tomorrow);
      for (const payload of due) {
        const id = taskId.create(createdAt, this.chance);
        await this.store.queue({ id, kind: 'refresh-metadata', payload, createdAt }, tomorrow);
      }
      queued += due.length;
      if (!more) return queued;
    }
  }
}

function after(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}
