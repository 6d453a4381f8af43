import { RateLimits, type RateLimit, type RateVerdict } from './rate-limits';

interface Counter {
  readonly spentUntil: number;
  readonly refused: number;
}

const mostKept = 10_000;

/** Counts in this process alone, and no more keys than fit: the oldest are forgotten first. */
export class LocalRateLimits extends RateLimits {
  private readonly counters = new Map<string, Counter>();

  async take({ name, most, windowMs }: RateLimit, key: string, now: Date): Promise<RateVerdict> {
    const at = now.getTime();
    const turnMs = windowMs / most;
    const { spentUntil = at, refused = 0 } = this.counters.get(`${name} ${key}`) ?? {};
    const next = Math.max(spentUntil, at) + turnMs;
    if (next <= at + windowMs) {
      this.keep(`${name} ${key}`, { spentUntil: next, refused: 0 });
      return { kind: 'allowed' };
    }
    this.keep(`${name} ${key}`, { spentUntil, refused: refused + 1 });
    const seconds = Math.max(1, Math.ceil((next - windowMs - at) / 1000));
    return { kind: 'limited', seconds, refused: refused + 1 };
  }

  async giveBack({ name, most, windowMs }: RateLimit, key: string): Promise<void> {
    const counter = this.counters.get(`${name} ${key}`);
    if (counter)
      this.keep(`${name} ${key}`, { ...counter, spentUntil: counter.spentUntil - windowMs / most });
  }

  private keep(key: string, counter: Counter): void {
    this.counters.delete(key);
    this.counters.set(key, counter);
    const [oldest] = this.counters.keys();
    if (this.counters.size > mostKept && oldest !== undefined) this.counters.delete(oldest);
  }
}
