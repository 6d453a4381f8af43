import {
  KeyRing,
  SystemChance,
  SystemClock,
  type Chance,
  type Clock,
  type JobQueue,
  type TaskStore,
} from '@gatehouse/core';
import { PostgresTaskStore, type openDatabase } from '@gatehouse/core-postgres';
import type { Logger } from 'pino';
import type { Config } from '../config';

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** What a worker's handlers are built from; each has a file of its own in this folder. */
export interface Parts {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly keyRing: KeyRing;
  readonly tasks: TaskStore;
}

export function partsOf(given: Pick<Parts, 'database' | 'queue' | 'config' | 'log'>): Parts {
  const [clock, chance] = [new SystemClock(), new SystemChance()];
  const keyRing = new KeyRing(given.config.secretKeys, chance);
  const tasks = new PostgresTaskStore(given.database, keyRing, chance);
  return { ...given, clock, chance, keyRing, tasks };
}
