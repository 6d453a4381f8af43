import { SettleWaiting, type TaskHandler } from '@gatehouse/core';
import { PostgresWaitingPeople } from '@gatehouse/core-postgres';
import type { Parts } from './parts';

export function settlePeople({ database, keyRing, chance, clock, log }: Parts): TaskHandler<'settle-people'> {
  const waiting = new SettleWaiting(new PostgresWaitingPeople(database, keyRing, chance), clock);
  return {
    async run({ payload: { tenantId } }) {
      const settled = await waiting.run(tenantId);
      if (settled > 0) log.info({ tenantId, settled }, 'people of directories were settled');
    },
  };
}
