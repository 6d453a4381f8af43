import { chanceBetweenZeroAndOne, type Chance } from '../shared/chance';
import { SsoError } from '../shared/sso-error';
import { describeCheck } from './describe-check';
import { provingTokens, type Domain, type ProofKind } from './domain';
import type { CheckedDomain, ClaimedDomain } from './domain-check-store';
import { nextDomainState, type LifeEvent, type Seen } from './domain-life';
import type { DomainProofs, ProofReading } from './domain-proof';
import { newToken } from './domains';

/** What one look came to, before anything is concluded from it. */
export interface Look {
  readonly claimed: ClaimedDomain;
  readonly by: ProofKind;
  readonly reading: ProofReading;
}

/** Looks by the way that proved it, and in DNS as well where that is for certain not there any more. Never throws. */
export async function lookAt(
  claimed: ClaimedDomain,
  proofs: DomainProofs,
  report: (error: unknown) => void,
): Promise<Look> {
  const { domain } = claimed;
  const by = domain.provedBy ?? 'dns-txt';
  try {
    const reading = await proofs.of(by).check(domain.name, provingTokens(domain));
    const asked = { claimed, by, reading };
    return seenIn(asked) === 'missing' ? ((await lookInDns(asked, proofs)) ?? asked) : asked;
  } catch (error) {
    // One domain that we cannot cope with must not keep the others of its batch from being looked at.
    report(error);
    const refusal = new SsoError('internal', 'The proof could not be looked for.');
    return { claimed, by, reading: { outcome: 'unavailable', found: [], refusal } };
  }
}

/** Owners are asked to publish a TXT record, however it was proved; what is told of a miss is the way that it was proved by. */
async function lookInDns({ claimed, by }: Look, proofs: DomainProofs): Promise<Look | undefined> {
  if (by === 'dns-txt') return undefined;
  const { domain } = claimed;
  const reading = await proofs.of('dns-txt').check(domain.name, provingTokens(domain));
  return reading.outcome === 'found' ? { claimed, by: 'dns-txt', reading } : undefined;
}

export function seenIn({ reading: { outcome } }: Look): Seen {
  if (outcome === 'found') return 'found';
  return outcome === 'unavailable' ? 'fault' : 'missing';
}

/** What follows from a look. `doubted`: what was missed counts as a fault. */
export function concludeFrom(
  look: Look,
  doubted: boolean,
  now: Date,
  chance: Chance,
): { checked: CheckedDomain; event?: LifeEvent } {
  const { claimed, by, reading } = look;
  const { domain } = claimed;
  const seen = seenIn(look);
  const { faults = 0, ...plain } = describeCheck(reading, by, now, domain.lastCheck);
  const isFault = seen === 'fault' || (doubted && seen === 'missing');
  const counted = isFault ? Math.max(faults, (domain.lastCheck?.faults ?? 0) + 1) : 0;
  const check = isFault ? { ...plain, faults: counted } : plain;
  const at = { now, faults: counted, spread: chanceBetweenZeroAndOne(chance) };
  const { life, event } = nextDomainState(domain, isFault ? 'fault' : seen, at);
  const found = reading.outcome === 'found' ? { acceptedToken: reading.token, provedBy: by } : {};
  const renewed = isDue(domain, seen, now) ? { renewed: newToken(now, chance) } : {};
  return { checked: { claimed, life, check, ...found, ...renewed }, ...(event && { event }) };
}

// Only beside a proof that stands: whoever is asked to publish a value must not find another one in its place.
function isDue({ tokenExpiresAt }: Domain, seen: Seen, now: Date): boolean {
  return seen === 'found' && tokenExpiresAt <= now;
}
