import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { hashToken } from '../shared/token';
import type { PasskeyChallenge, PasskeyStore } from './passkey';

/** Who we are to authenticators: from the public address, never from what a request says. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

export function relyingPartyOf(publicUrl: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin, name };
}

const challengeLifetimeMs = 5 * 60 * 1000;

/** Of whom a challenge is asked, and what for. */
export type AskedOf = Omit<PasskeyChallenge, 'hash'>;

/** What authenticators sign: each challenge is ours, fresh, and taken once. */
export class PasskeyChallenges {
  constructor(
    private readonly store: PasskeyStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  async ask(asked: AskedOf) {
    const challenge = Uint8Array.from(this.chance.bytes(32));
    const expiresAt = new Date(this.clock.now().getTime() + challengeLifetimeMs);
    const hash = hashToken(Buffer.from(challenge).toString('base64url'));
    await this.store.askAnywhere({ ...asked, hash }, expiresAt);
    return challenge;
  }

  /** Whether a challenge that came back is open, which it then no longer is. */
  taking(asked: AskedOf): (challenge: string) => Promise<boolean> {
    return (challenge) => this.store.takeAnywhere({ ...asked, hash: hashToken(challenge) }, this.clock.now());
  }
}
