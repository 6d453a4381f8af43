import { RefreshMetadata, type TaskHandler } from '@gatehouse/core';
import { GuardedFetch } from '@gatehouse/core-network';
import {
  PostgresConnectionStore,
  PostgresConnectionVersionStore,
  PostgresMetadataStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import { PublishedMetadata } from '@gatehouse/saml';
import type { Parts } from './parts';

/** What cannot be loaded or is not taken over is no failure of the task: the connection itself says when it is next. */
export function refreshMetadata(parts: Parts): TaskHandler<'refresh-metadata'> {
  const refresh = refresher(parts);
  return {
    async run({ payload: { tenantId, connectionId } }) {
      const refreshed = await refresh.refreshDue(tenantId, connectionId);
      if (!refreshed) return;
      const { added, refusal, state } = refreshed;
      const fingerprints = added.map(({ fingerprint }) => fingerprint);
      const metadata = {
        tenantId,
        connectionId,
        outcome: state.outcome,
        added: fingerprints,
        code: refusal?.code,
      };
      parts.log.info({ metadata }, 'loaded the metadata of a connection again');
    },
  };
}

function refresher({ database, config, clock, chance, keyRing }: Parts): RefreshMetadata {
  const { allowedPrivateHosts } = config;
  return new RefreshMetadata(
    new PostgresMetadataStore(database, chance, keyRing),
    new PostgresConnectionStore(database, chance),
    new PostgresConnectionVersionStore(database, chance),
    new PostgresTenantStore(database, chance),
    new PublishedMetadata(new GuardedFetch({ allowedPrivateHosts }), clock),
    clock,
    chance,
  );
}
