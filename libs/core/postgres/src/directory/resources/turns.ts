interface Waiting {
  readonly key: string;
  readonly begin: () => void;
}

/** How much is done at once: of everybody's together, and of one's own. */
export interface TurnLimits {
  readonly together: number;
  readonly each: number;
  /** Who has so much waiting already is told so. */
  readonly waiting: number;
}

/** Lets each take a turn: whoever asks for much waits for what is its own, and leaves the rest to others. */
export class Turns {
  private readonly underWay = new Map<string, number>();
  private all = 0;
  private waiting: readonly Waiting[] = [];

  constructor(private readonly limits: TurnLimits) {}

  /** Nothing where too much of `key` waits already. */
  async take<T>(key: string, work: () => Promise<T>): Promise<{ readonly done: T } | undefined> {
    if (!this.isFree(key)) {
      if (this.waiting.filter((each) => each.key === key).length >= this.limits.waiting) return undefined;
      await new Promise<void>((begin) => (this.waiting = [...this.waiting, { key, begin }]));
    } else this.count(key, 1);
    try {
      return { done: await work() };
    } finally {
      this.count(key, -1);
      this.next();
    }
  }

  private isFree(key: string): boolean {
    return this.all < this.limits.together && (this.underWay.get(key) ?? 0) < this.limits.each;
  }

  private count(key: string, more: number): void {
    const own = (this.underWay.get(key) ?? 0) + more;
    this.all += more;
    if (own === 0) this.underWay.delete(key);
    else this.underWay.set(key, own);
  }

  /** The turn is taken before whoever waited goes on: nobody comes in between. */
  private next(): void {
    const first = this.waiting.find(({ key }) => this.isFree(key));
    if (!first) return;
    this.waiting = this.waiting.filter((each) => each !== first);
    this.count(first.key, 1);
    first.begin();
  }
}
