import { inTime } from './in-time';
import { LocalRateLimits } from './local-rate-limits';
import { RateLimits, type RateLimit, type RateVerdict } from './rate-limits';

/** By how much less each server allows by itself, since it does not know what the others allow. */
const stricter = 4;

/** Counts by itself, and more strictly, while the shared counters cannot be written (SEC-1). */
export class FallbackRateLimits extends RateLimits {
  constructor(
    private readonly shared: RateLimits,
    private readonly deadlineMs = 1000,
    private readonly local: RateLimits = new LocalRateLimits(),
  ) {
    super();
  }

  async take(limit: RateLimit, key: string, now: Date): Promise<RateVerdict> {
    const verdict = await inTime(this.shared.take(limit, key, now), this.deadlineMs);
    if (verdict) return verdict;
    const most = Math.max(1, Math.floor(limit.most / stricter));
    return this.local.take({ ...limit, most }, key, now);
  }

  /** A turn that is not given back only makes somebody wait: not worth failing what was right. */
  async giveBack(limit: RateLimit, key: string): Promise<void> {
    await inTime(this.shared.giveBack(limit, key), this.deadlineMs);
  }
}
