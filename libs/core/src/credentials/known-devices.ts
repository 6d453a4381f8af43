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
  /** Whether it came all the way in, or only reset the password by the mailbox. */
  readonly signedIn: boolean;
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

  /** The counter of this browser for this account, if it has signed it in or reset its password. */
  bucketOf(device: string | undefined, email: string): string | undefined {
    return this.find(device, email)?.bucket;
  }

  /**
   * The same, but only if it has signed it in: each reset makes a new counter, which to whoever has stolen the mailbox
   * would be new tries at the second factor.
   */
  bucketOfSignedIn(device: string | undefined, email: string): string | undefined {
    const entry = this.find(device, email);
    return entry?.signedIn === true ? entry.bucket : undefined;
  }

  /** The next value of the cookie, once this browser has signed the account in. */
  remember(device: string | undefined, email: string): string {
    return this.keep(device, email, true);
  }

  /** The same, once it has reset the password. */
  rememberReset(device: string | undefined, email: string): string {
    return this.keep(device, email, this.find(device, email)?.signedIn ?? false);
  }

  private find(device: string | undefined, email: string): Entry | undefined {
    return this.read(device).find(({ account }) => account === accountOf(email));
  }

  private keep(device: string | undefined, email: string, signedIn: boolean): string {
    const account = accountOf(email);
    const bucket = this.bucketOf(device, email) ?? createToken(this.chance).slice(0, 22);
    const others = this.read(device).filter((entry) => entry.account !== account);
    const entry: Entry = { account, bucket, at: this.clock.now().getTime(), signedIn };
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
  const absent = { account: undefined, bucket: undefined, at: undefined, signedIn: undefined };
  const { account, bucket, at, signedIn } = { ...absent, ...value };
  const isNamed = typeof account === 'string' && typeof bucket === 'string';
  return isNamed && typeof at === 'number' && typeof signedIn === 'boolean';
}
