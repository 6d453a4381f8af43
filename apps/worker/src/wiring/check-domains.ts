import { CheckDomains, shippedProofs } from '@gatehouse/core';
import { GuardedFetch, NodeDnsResolver } from '@gatehouse/core-network';
import { PostgresDomainCheckStore } from '@gatehouse/core-postgres';
import { CheckDomainsJob } from '../jobs/check-domains.job';
import type { Parts } from './parts';

type Needed = Pick<Parts, 'database' | 'config' | 'keyRing' | 'clock' | 'chance' | 'log'>;

export function checkDomains({ database, config, keyRing, clock, chance, log }: Needed): () => Promise<void> {
  const { dnsServers: servers, allowedPrivateHosts } = config;
  const dns = new NodeDnsResolver(servers.length > 0 ? { servers } : {});
  const proofs = shippedProofs(dns, new GuardedFetch({ allowedPrivateHosts }));
  const store = new PostgresDomainCheckStore(database, chance, keyRing);
  const report = (error: unknown) => log.error({ err: error }, 'a domain could not be checked');
  const job = new CheckDomainsJob(new CheckDomains({ store, proofs, clock, chance, report }), log);
  return () => job.run();
}
