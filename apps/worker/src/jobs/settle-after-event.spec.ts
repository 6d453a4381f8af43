import {
  eventId,
  SystemChance,
  tenantId,
  type HappeningType,
  type OutboxEvent,
  type Task,
  type TenantId,
} from '@gatehouse/core';
import { askAfterEvent } from './ask-after-event';
import { settleAfterEvent } from './settle-after-event';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();
const acme = tenantId.create(now, chance);

function anEvent(type: HappeningType): OutboxEvent {
  const happening = { type, tenantId: acme, at: now, actor: { kind: 'system' }, subject: 'any' } as const;
  return { id: eventId.create(now, chance), happening, attempts: 1 };
}

async function announced(events: readonly OutboxEvent[], anybodyWaits = true) {
  const tasks: (readonly [TenantId, Task])[] = [];
  const add = async (tenant: TenantId, task: Task) => void tasks.push([tenant, task]);
  const settle = settleAfterEvent({ add }, { any: async () => anybodyWaits }, { now: () => now });
  for (const event of events) await settle(event);
  return tasks;
}

describe('settling people of directories after an event', () => {
  it.each([
    ...(['domain.verified', 'domain.recovered', 'member.readmitted', 'invitation.accepted'] as const),
    ...(['directory.deleted', 'directory.removals_approved', 'directory.removals_refused'] as const),
  ])('happens after %s, where somebody waits [SCM-8] [TEN-11] [LNK-8]', async (type) => {
    const tasks = await announced([anEvent(type)]);
    expect(tasks).toMatchObject([[acme, { kind: 'settle-people', payload: { tenantId: acme } }]]);
    await expect(announced([anEvent(type)], false)).resolves.toEqual([]);
  });

  it('happens after nothing else', async () => {
    await expect(announced([anEvent('domain.added'), anEvent('member.added')])).resolves.toEqual([]);
  });

  it('is one task however often the event is announced, beside the one that asks to link [WRK-3]', async () => {
    const events = [anEvent('domain.verified'), anEvent('domain.verified')] as const;
    const ids = (await announced([events[0], ...events])).map(([, { id }]) => id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(2);
    const asked: Task['id'][] = [];
    const add = async (_: TenantId, { id }: Task) => void asked.push(id);
    const connection = { id: `conn_${'0'.repeat(26)}`, enabledAt: now } as const;
    const ask = askAfterEvent({ add }, { primary: async () => connection }, { now: () => now });
    await ask(events[0]);
    expect(asked).toHaveLength(1);
    expect(ids).not.toContain(asked[0]);
  });
});
