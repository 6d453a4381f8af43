import { LinkRequests, type TaskHandler } from '@gatehouse/core';
import {
  PostgresConnectionStore,
  PostgresDomainStore,
  PostgresLinkRequestStore,
  PostgresMemberStore,
  PostgresRateLimits,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import type { Parts } from './parts';

export function askMembersToLink(parts: Parts): TaskHandler<'ask-members-to-link'> {
  const requests = linkRequests(parts);
  return {
    async run({ payload: { tenantId, connectionId, again } }) {
      const asked = await requests.askAll(tenantId, connectionId, again);
      if (asked > 0) parts.log.info({ tenantId, connectionId, asked }, 'members were asked to link');
    },
  };
}

function linkRequests({ database, config, clock, chance, keyRing }: Parts): LinkRequests {
  const ports = {
    requests: new PostgresLinkRequestStore(database, keyRing, chance),
    tenants: new PostgresTenantStore(database, chance),
    members: new PostgresMemberStore(database, chance),
    connections: new PostgresConnectionStore(database, chance),
    domains: new PostgresDomainStore(database, chance),
    limits: new PostgresRateLimits(database),
    clock,
    chance,
  };
  return new LinkRequests(ports, config.publicUrl);
}
