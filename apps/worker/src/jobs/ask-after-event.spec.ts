import {
  connectionId,
  eventId,
  SystemChance,
  tenantId,
  type HappeningType,
  type OutboxEvent,
  type Task,
  type TenantId,
} from '@gatehouse/core';
import { askAfterEvent } from './ask-after-event';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();
const acme = tenantId.create(now, chance);
const primary = { id: connectionId.create(now, chance), enabledAt: now };

function anEvent(type: HappeningType, subject: string): OutboxEvent {
  const happening = { type, tenantId: acme, at: now, actor: { kind: 'system' }, subject } as const;
  return { id: eventId.create(now, chance), happening, attempts: 1 };
}

/** Announces the events to who asks members, and gives back the tasks that came about. */
async function announced(
  events: readonly OutboxEvent[],
  connections: { id: typeof primary.id; enabledAt?: Date }[],
) {
  const tasks: (readonly [TenantId, Task])[] = [];
  const add = async (tenant: TenantId, task: Task) => void tasks.push([tenant, task]);
  const ask = askAfterEvent({ add }, { primary: async () => connections[0] }, { now: () => now });
  for (const event of events) await ask(event);
  return tasks;
}

describe('asking members to link after an event', () => {
  it('happens when a connection is switched on, for that connection [LNK-2]', async () => {
    const id = connectionId.create(now, chance);
    const [[tenant, task] = []] = await announced([anEvent('connection.enabled', id)], [primary]);
    expect(tenant).toBe(acme);
    expect(task).toMatchObject({
      kind: 'ask-members-to-link',
      payload: { tenantId: acme, connectionId: id },
    });
  });

  it('happens when a domain is proved, where there is something to link to [LNK-2]', async () => {
    const event = anEvent('domain.verified', 'dom_1');
    const tasks = await announced([event], [primary]);
    expect(tasks).toMatchObject([[acme, { payload: { connectionId: primary.id } }]]);
    await expect(announced([event], [])).resolves.toEqual([]);
    await expect(announced([event], [{ id: primary.id }])).resolves.toEqual([]);
  });

  it('is one task however often the event is announced, and another for another event [WRK-2] [WRK-3]', async () => {
    const [first, second] = [
      anEvent('connection.enabled', primary.id),
      anEvent('connection.enabled', primary.id),
    ];
    const ids = (await announced([first, first, second], [primary])).map(([, { id }]) => id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(2);
  });

  it('happens after nothing else', async () => {
    const types = ['connection.disabled', 'domain.added', 'member.added'] as const;
    await expect(
      announced(
        types.map((type) => anEvent(type, 'any')),
        [primary],
      ),
    ).resolves.toEqual([]);
  });
});
