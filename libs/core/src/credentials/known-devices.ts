import { emailKey } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { KeyRing } from '../shared/key-ring';
import { createToken, hashToken } from '../shared/token';

/** One account that a browser has signed in. */
interface Entry {
  readonly account: string;
  /** Chosen when the browser first signed it in: what is counted for this browser and account alone. */
  readonly bucket: string;
  readonly at: number;
}

const context = 'known device';
const mostAccounts = 5;
const longestValue = 4000;

/** How long a browser is remembered after it last signed an account in; also the life of the cookie. */
export const deviceLifetimeMs = 180 * 24 * 60 * 60 * 1000;

/**
 * Browsers that have signed an account in before. Their tries are counted apart, so that nobody who tries the same
 * account elsewhere keeps its owner out. The value opens nothing: it only says which counter is used.
 */
export class KnownDevices {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** The counter of this browser for this account, if it has signed it in. */
  bucketOf(device: string | undefined, email: string): string | undefined {
    return this.read(device).find(({ account }) => account === accountOf(email))?.bucket;
  }

  /** The next value of the cookie, once this browser has signed the account in. */
  remember(device: string | undefined, email: string): string {
    const account = accountOf(email);
    const entries = this.read(device);
    const bucket =
      entries.find((entry) => entry.account === account)?.bucket ?? createToken(this.chance).slice(0, 22);
    const others = entries.filter((entry) => entry.account !== account);
    const entry = { account, bucket, at: this.clock.now().getTime() };
    return this.keyRing.seal(JSON.stringify([entry, ...others].slice(0, mostAccounts)), context);
  }

  private read(device: string | undefined): Entry[] {
    if (device === undefined || device.length > longestValue) return [];
    const since = this.clock.now().getTime() - deviceLifetimeMs;
    try {
      const entries: unknown = JSON.parse(this.keyRing.open(device, context));
      return Array.isArray(entries) ? entries.filter(isEntry).filter(({ at }) => at > since) : [];
    } catch {
      // Not ours, or sealed by a key that is gone: a browser like any other.
      return [];
    }
  }
}

function accountOf(email: string): string {
  return hashToken(emailKey(email)).slice(0, 22);
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { account, bucket, at } = { account: undefined, bucket: undefined, at: undefined, ...value };
  return typeof account === 'string' && typeof bucket === 'string' && typeof at === 'number';
}
