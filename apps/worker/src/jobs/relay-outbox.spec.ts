import { eventId, Outbox, SystemChance, tenantId, type EventId, type OutboxEvent } from '@gatehouse/core';
import { RelayOutbox } from './relay-outbox.job';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();
const tenant = tenantId.create(now, chance);

function anEvent(attempts = 1): OutboxEvent {
  const happening = {
    type: 'domain.verified',
    tenantId: tenant,
    at: now,
    actor: { kind: 'system' },
    subject: 'dom_1',
  } as const;
  return { id: eventId.create(now, chance), happening, attempts };
}

class ListedOutbox extends Outbox {
  readonly done: EventId[] = [];
  readonly kept: { id: EventId; error: string; againAt: Date }[] = [];

  constructor(private readonly events: OutboxEvent[]) {
    super();
  }

  async claimAnywhere(limit: number): Promise<OutboxEvent[]> {
    return this.events.splice(0, limit);
  }

  async delivered(ids: readonly EventId[]): Promise<void> {
    this.done.push(...ids);
  }

  async failed(id: EventId, error: string, againAt: Date): Promise<void> {
    this.kept.push({ id, error, againAt });
  }
}

describe('the relay of the outbox', () => {
  it('announces every event, also when there are more than one batch [WRK-3]', async () => {
    const events = Array.from({ length: 250 }, () => anEvent());
    const ids = events.map(({ id }) => id);
    const outbox = new ListedOutbox(events);
    const announced: EventId[] = [];
    await new RelayOutbox(outbox, { now: () => now }, ({ id }) => void announced.push(id)).run();
    expect(announced).toEqual(ids);
    expect(outbox.done).toEqual(ids);
  });

  it('ends within a second, whatever is left: tasks are handed out by the same workers [WRK-1]', async () => {
    const outbox = new ListedOutbox(Array.from({ length: 2000 }, () => anEvent()));
    let at = now.getTime();
    const clock = { now: () => new Date(at) };
    const relay = new RelayOutbox(outbox, clock, () => void (at += 2));
    await relay.run();
    expect(at - now.getTime()).toBeLessThanOrEqual(1000);
    await relay.run();
    expect(outbox.done).toHaveLength(1000);
  });

  it('keeps an event that could not be announced for later, longer each time, and goes on [WRK-3]', async () => {
    const [bad, good] = [anEvent(3), anEvent()];
    const outbox = new ListedOutbox([bad, good]);
    await new RelayOutbox(outbox, { now: () => now }, ({ id }) => {
      if (id === bad.id) throw new Error('Nobody listens.');
    }).run();
    expect(outbox.kept).toEqual([
      { id: bad.id, error: 'Nobody listens.', againAt: new Date('2026-03-01T12:00:40Z') },
    ]);
    expect(outbox.done).toEqual([good.id]);
  });
});
