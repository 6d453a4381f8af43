import type { Clock } from '../shared/clock';
import { inTime } from '../shared/in-time';
import { networkKey } from '../shared/network-key';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { degraded, type Discovery, type DiscoveryOutcome } from './discovery';

/**
 * Of one network address. An office that begins its day fits, and so does the server of an application that asks for its
 * people; for a whole domain there is no limit, because anybody could use it up and so shut a company's sign-in off.
 */
export const discoveryLimit: RateLimit = { name: 'discovery-address', most: 1200, windowMs: 60_000 };

/** Longer than discovery itself may take nobody waits for the counters either. */
const deadlineMs = 1500;

/** Discovery as the pages and the API offer it to the public: who asks too often is asked for a password (LOG-2, SEC-1). */
export class LimitedDiscovery {
  constructor(
    private readonly discovery: Discovery,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** Both are asked at once, so that nobody pays for the counter with time. */
  async byEmail(email: string, address: string | undefined): Promise<DiscoveryOutcome> {
    const counted = this.limits.take(discoveryLimit, networkKey(address), this.clock.now());
    const [outcome, verdict] = await Promise.all([
      this.discovery.byEmail(email),
      inTime(counted, deadlineMs),
    ]);
    return verdict?.kind === 'limited' ? degraded : outcome;
  }
}
