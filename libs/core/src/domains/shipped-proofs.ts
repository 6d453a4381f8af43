import type { DnsResolver } from '../shared/dns-resolver';
import type { OutboundFetch } from '../shared/outbound-fetch';
import { dnsTxtProof } from './dns-txt';
import { DomainProofs } from './domain-proof';
import { metaTagProof } from './meta-tag';

/** The ways to prove a domain that are part of Gatehouse, in the order in which they are shown. */
export function shippedProofs(dns: DnsResolver, fetch: OutboundFetch): DomainProofs {
  return new DomainProofs([dnsTxtProof(dns), metaTagProof(fetch, dns)]);
}
