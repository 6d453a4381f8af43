import { PostgresConnectionPurge, PostgresSweeper } from '@gatehouse/core-postgres';
import { SweepExpired } from '../jobs/sweep-expired.job';
import type { Parts } from './parts';

export function sweepExpired({ database, clock, chance, log }: Parts): () => Promise<void> {
  const purge = new PostgresConnectionPurge(database, chance);
  const job = new SweepExpired(new PostgresSweeper(database), purge, clock, log);
  return () => job.run();
}
