import { inTime } from '../shared/in-time';
import { Tries, waitAfter, type Pace, type TryVerdict } from './tries';

interface Counter {
  readonly tries: number;
  readonly nextAt: number;
  readonly expiresAt: number;
}

const mostKept = 10_000;

/** Counts in this process alone, and no more keys than fit: the oldest are forgotten first. */
export class LocalTries extends Tries {
  private readonly counters = new Map<string, Counter>();

  async take(key: string, pace: Pace, now: Date): Promise<TryVerdict> {
    const at = now.getTime();
    const { tries, nextAt } = this.read(key, at);
    if (nextAt > at) return { kind: 'wait', seconds: Math.ceil((nextAt - at) / 1000) };
    const counted = { tries: tries + 1, nextAt: at + waitAfter(tries + 1, pace) };
    this.keep(key, { ...counted, expiresAt: at + pace.forgottenAfterMs });
    return { kind: 'go', tries: counted.tries };
  }

  async clear(key: string): Promise<void> {
    this.counters.delete(key);
  }

  private read(key: string, at: number): Counter {
    const counter = this.counters.get(key);
    return counter && counter.expiresAt > at ? counter : { tries: 0, nextAt: at, expiresAt: at };
  }

  private keep(key: string, counter: Counter): void {
    this.counters.delete(key);
    this.counters.set(key, counter);
    const [oldest] = this.counters.keys();
    if (this.counters.size > mostKept && oldest !== undefined) this.counters.delete(oldest);
  }
}

/** Counts by itself, and lets nothing pass free but the first try, while the shared counters cannot be written (SEC-1). */
export class FallbackTries extends Tries {
  constructor(
    private readonly shared: Tries,
    private readonly deadlineMs = 1000,
    private readonly local: Tries = new LocalTries(),
  ) {
    super();
  }

  async take(key: string, pace: Pace, now: Date): Promise<TryVerdict> {
    const verdict = await inTime(this.shared.take(key, pace, now), this.deadlineMs);
    return verdict ?? this.local.take(key, { ...pace, free: 1 }, now);
  }

  /** A counter that stays only makes somebody wait: not worth failing a sign-in that is right. */
  async clear(key: string): Promise<void> {
    await this.local.clear(key);
    await inTime(this.shared.clear(key), this.deadlineMs);
  }
}
