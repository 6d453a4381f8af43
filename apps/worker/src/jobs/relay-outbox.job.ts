import type { Clock, EventId, Outbox, OutboxEvent } from '@gatehouse/core';

/** Takes one event to who wants to know of it; an exception keeps the event for another attempt. */
export type Announce = (event: OutboxEvent) => Promise<void> | void;

const batch = 100;
/** The next run goes on: tasks are handed out in between, however many events one tenant has caused. */
const longestRunMs = 900;
const longestPauseMs = 60 * 60_000;

/** Empties the outbox, of each tenant in the order of its events. An event may be announced twice, but never not at all. */
export class RelayOutbox {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly announce: Announce,
  ) {}

  async run(): Promise<void> {
    const end = this.clock.now().getTime() + longestRunMs;
    while ((await this.#relayBatch()) > 0 && this.clock.now().getTime() < end);
  }

  async #relayBatch(): Promise<number> {
    const events = await this.outbox.claimAnywhere(batch, this.clock.now());
    const delivered: EventId[] = [];
    for (const event of events) if (await this.#relay(event)) delivered.push(event.id);
    await this.outbox.delivered(delivered);
    return events.length;
  }

  async #relay(event: OutboxEvent): Promise<boolean> {
    try {
      await this.announce(event);
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.outbox.failed(event.id, message, this.#again(event.attempts));
      return false;
    }
  }

  #again(attempts: number): Date {
    return new Date(this.clock.now().getTime() + Math.min(longestPauseMs, 5_000 * 2 ** attempts));
  }
}
