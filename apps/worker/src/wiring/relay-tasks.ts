import { setTimeout as pause } from 'node:timers/promises';
import { RelayTasks, type RulesOfTasks } from '@gatehouse/core';
import type { Parts } from './parts';

export function relayTasks({ tasks, queue, clock }: Parts, rules: RulesOfTasks): () => Promise<void> {
  const relay = new RelayTasks(tasks, (handed) => queue.hand(handed), clock, pause, rules);
  return () => relay.run();
}
