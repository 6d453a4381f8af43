import { lapsesAt, proofKinds, type Domain, type DomainProofs } from '@gatehouse/core';
import { z } from 'zod';

export const newDomain = z.object({ name: z.string().min(1).max(300).describe('Such as "acme.com".') });

export const verification = z
  .object({
    by: z
      .enum(proofKinds)
      .optional()
      .describe('Where to look: what proved the domain before where nothing is said, else the DNS.'),
  })
  .default({});

export const confirmation = z.object({ confirm: z.coerce.number().int().min(0).optional() });

/** A claim as the API shows it, with what to publish: either of `proofs` is enough, and `proof` is the first of them. */
export function presentDomain(domain: Domain, proofs: DomainProofs) {
  const { id, name, tokenExpiresAt, provedBy, verifiedAt, lapsedAt, lastCheck, nextCheckAt } = domain;
  const [proof, ...others] = proofs.instructions(name, domain.token);
  return {
    ...{ id, name, state: stateOf(domain) },
    ...{ proof, proofs: [proof, ...others], tokenExpiresAt, provedBy, verifiedAt },
    missing: presentMissing(domain),
    ...{ lapsedAt, lastCheck, nextCheckAt, createdAt: domain.createdAt },
  };
}

function stateOf({ verifiedAt, lapsedAt, missing }: Domain): 'pending' | 'verified' | 'missing' | 'lapsed' {
  if (lapsedAt) return 'lapsed';
  if (!verifiedAt) return 'pending';
  return missing?.warnedAt ? 'missing' : 'verified';
}

function presentMissing({ missing }: Domain) {
  return missing && { since: missing.since, warnedAt: missing.warnedAt, lapsesAt: lapsesAt(missing) };
}
