import { QueueMetadataRefreshes } from '@gatehouse/core';
import { PostgresMetadataStore } from '@gatehouse/core-postgres';
import type { Parts } from './parts';

export function queueMetadataRefreshes({
  database,
  clock,
  chance,
  keyRing,
  log,
}: Parts): () => Promise<void> {
  const store = new PostgresMetadataStore(database, chance, keyRing);
  const refreshes = new QueueMetadataRefreshes(store, clock, chance);
  return async () => {
    const queued = await refreshes.run();
    if (queued > 0) log.info({ queued }, 'metadata is to be loaded again');
  };
}
