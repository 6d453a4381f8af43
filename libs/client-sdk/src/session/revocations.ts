/**
 * Where it is remembered that sessions have ended. The one that comes with the SDK is the memory of this process; give your
 * own to share it between processes. What it throws reaches whoever asked.
 *
 * @example
 * const revocations: RevocationStore = {
 *   add: async (key, until) => void (await redis.set(`ended:${key}`, '1', { PXAT: until.getTime() })),
 *   has: async (key) => (await redis.exists(`ended:${key}`)) === 1,
 * };
 */
export interface RevocationStore {
  /** Remembers the key until that time at least. */
  add(key: string, until: Date): Promise<void> | void;
  has(key: string): Promise<boolean> | boolean;
}

const most = 100_000;

/** Remembers in this process; where it holds too much it forgets the oldest, which the session check then finds out. */
export class MemoryRevocations implements RevocationStore {
  private readonly until = new Map<string, number>();

  constructor(private readonly now: () => Date) {}

  add(key: string, until: Date): void {
    this.until.delete(key);
    this.forget();
    this.until.set(key, until.getTime());
  }

  has(key: string): boolean {
    return (this.until.get(key) ?? 0) > this.now().getTime();
  }

  private forget(): void {
    if (this.until.size < most) return;
    const now = this.now().getTime();
    for (const [key, until] of this.until) if (until <= now) this.until.delete(key);
    for (const key of this.until.keys()) {
      if (this.until.size < most) return;
      this.until.delete(key);
    }
  }
}
