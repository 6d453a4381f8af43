import { domainProof, type Domain } from '@gatehouse/core';
import { z } from 'zod';

export const newDomain = z.object({ name: z.string().min(1).max(300).describe('Such as "acme.com".') });

/** A claim as the API shows it, with the DNS record to publish. */
export function presentDomain(domain: Domain) {
  const { id, name, verifiedAt, lastCheck, tokenExpiresAt, createdAt } = domain;
  const state = verifiedAt ? 'verified' : 'pending';
  return { id, name, state, proof: domainProof(domain), tokenExpiresAt, verifiedAt, lastCheck, createdAt };
}
