import { TellOfEndingTokens } from '@gatehouse/core';
import { PostgresEndingTokenStore } from '@gatehouse/core-postgres';
import type { Parts } from './parts';

export function tellOfEndingTokens({ database, clock, chance, keyRing, log }: Parts): () => Promise<void> {
  const store = new PostgresEndingTokenStore(database, chance, keyRing);
  const tell = new TellOfEndingTokens(store, clock, ({ token: { tenantId, id } }, error) =>
    log.error({ tenantId, id, err: error }, 'owners were not told that a token of a directory ends'),
  );
  return async () => {
    const told = await tell.run();
    if (told > 0) log.info({ told }, 'told owners of tokens of directories that end');
  };
}
