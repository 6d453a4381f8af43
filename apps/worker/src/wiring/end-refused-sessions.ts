import { EndRefusedSessions } from '@gatehouse/core';
import { PostgresRefusedSessionStore } from '@gatehouse/core-postgres';
import { EndRefusedSessionsJob } from '../jobs/end-refused-sessions.job';
import type { Parts } from './parts';

export function endRefusedSessions({ database, clock, chance, log }: Parts): () => Promise<void> {
  const store = new PostgresRefusedSessionStore(database, chance);
  const job = new EndRefusedSessionsJob(new EndRefusedSessions(store, clock), log);
  return () => job.run();
}
