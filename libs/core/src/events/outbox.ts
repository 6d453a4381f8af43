import type { Happening } from '../audit/happening';
import type { EventId } from '../shared/ids';

/** A fact that waits to be announced. */
export interface OutboxEvent {
  readonly id: EventId;
  readonly happening: Happening;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
}

/** What the stores announced in the transactions of their causes; emptied by the worker. */
export abstract class Outbox {
  /**
   * Crosses tenants: events that are due, the oldest of each tenant that has any, for this caller alone. What is neither
   * delivered nor failed falls due again.
   */
  abstract claimAnywhere(limit: number, now: Date): Promise<OutboxEvent[]>;
  abstract delivered(ids: readonly EventId[]): Promise<void>;
  /** Keeps the event for another attempt. */
  abstract failed(id: EventId, error: string, againAt: Date): Promise<void>;
}
