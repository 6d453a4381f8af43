import type { DeploymentAuditLog } from '../audit/deployment-happening';
import type { Actor } from '../audit/happening';
import { emailKey } from '../members/member';
import type { Clock } from '../shared/clock';
import type { UserId } from '../shared/ids';
import { networkKey } from '../shared/network-key';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { hashToken } from '../shared/token';
import type { KnownDevices } from './known-devices';
import type { Pace, Tries } from './tries';

const day = 24 * 60 * 60 * 1000;

/** Three tries are free, then 1, 2, 4 … 60 seconds pass between two (LOG-5). */
export const passwordPace: Pace = { free: 3, longestMs: 60_000, forgottenAfterMs: day };

/** A code has six digits only: whoever knows the password must not reach a tenth of a percent of them in a day. */
export const codePace: Pace = { free: 3, longestMs: 15 * 60_000, forgottenAfterMs: 7 * day };

/** Of a network, counting what failed in browsers that nobody has signed in with before. */
const ofAddress: RateLimit = { name: 'sign-in-address', most: 60, windowMs: 5 * 60_000 };
/** The same while the deployment as a whole is tried more often than people sign in. */
const underPressure: RateLimit = { name: 'sign-in-address-pressed', most: 6, windowMs: 5 * 60_000 };
const ofDeployment: RateLimit = { name: 'sign-in-deployment', most: 3000, windowMs: 5 * 60_000 };

/** So many refusals in a row from one address are no person. */
const flood = 100;
const reports: RateLimit = { name: 'sign-in-flood-report', most: 1, windowMs: 60 * 60_000 };

/** Who tries to sign an account in, from where. */
export interface Trier {
  readonly email: string;
  readonly actor: Actor;
  readonly device?: string | undefined;
}

export type Admission =
  | {
      readonly kind: 'go';
      /** The counter that a right try clears. */
      readonly passed?: string;
      /** The network whose turn a right try gives back: who comes in there for the first time is not what is limited. */
      readonly from?: string;
    }
  | { readonly kind: 'slow-down'; readonly seconds: number };

/** How often a password or a code may be tried: per account, per address and in all (SEC-1). Nobody is locked out for good. */
export class SignInDelays {
  constructor(
    private readonly tries: Tries,
    private readonly limits: RateLimits,
    private readonly devices: KnownDevices,
    private readonly audit: DeploymentAuditLog,
    private readonly clock: Clock,
  ) {}

  /** Before a password is looked at. A browser that has signed the account in has a counter of its own and meets no other. */
  async admitPassword({ email, actor, device }: Trier): Promise<Admission> {
    const bucket = this.devices.bucketOf(device, email);
    if (bucket !== undefined) return this.take(`device ${bucket}`, passwordPace);
    const from = await this.holdAddress(actor);
    if (from.kind === 'slow-down') return from;
    const admission = await this.take(`account ${hashToken(emailKey(email))}`, passwordPace);
    return admission.kind === 'go' ? { ...from, ...admission } : admission;
  }

  /** Before a passkey is looked at that says itself whose it is. */
  admitPasskey(actor: Actor): Promise<Admission> {
    return this.holdAddress(actor);
  }

  /** Before a code is looked at, after the password was right. Recovery codes are too long to be guessed, and slowed less. */
  admitCode(user: UserId, kind: 'totp' | 'recovery-code', { email, device }: Trier): Promise<Admission> {
    const bucket = this.devices.bucketOfSignedIn(device, email);
    const whose = bucket === undefined ? user : `device ${bucket}`;
    return this.take(`${kind} ${whose}`, kind === 'totp' ? codePace : passwordPace);
  }

  /** Before the current password is looked at when somebody who is signed in wants to change it. */
  admitChange(user: UserId): Promise<Admission> {
    return this.take(`change ${user}`, passwordPace);
  }

  /** What was tried is right. */
  async clear({ passed, from }: Extract<Admission, { kind: 'go' }>): Promise<void> {
    if (passed !== undefined) await this.tries.clear(passed);
    if (from === undefined) return;
    await this.limits.giveBack(ofAddress, from);
    await this.limits.giveBack(ofDeployment, 'all');
  }

  private async take(key: string, pace: Pace): Promise<Admission> {
    const verdict = await this.tries.take(key, pace, this.clock.now());
    if (verdict.kind === 'go') return { kind: 'go', passed: key };
    return { kind: 'slow-down', seconds: verdict.seconds };
  }

  private async holdAddress(actor: Actor): Promise<Admission> {
    const from = networkKey(actor.address);
    const now = this.clock.now();
    const verdict = await this.limits.take(ofAddress, from, now);
    if (verdict.kind === 'limited') {
      if (verdict.refused >= flood) await this.reportFlood(from, verdict.refused, actor, now);
      return { kind: 'slow-down', seconds: verdict.seconds };
    }
    const all = await this.limits.take(ofDeployment, 'all', now);
    const pressed = all.kind === 'limited' ? await this.limits.take(underPressure, from, now) : undefined;
    return pressed?.kind === 'limited'
      ? { kind: 'slow-down', seconds: pressed.seconds }
      : { kind: 'go', from };
  }

  /** Once an hour for each address, however many servers see it. */
  private async reportFlood(address: string, refused: number, actor: Actor, now: Date): Promise<void> {
    if (refused % flood !== 0) return;
    if ((await this.limits.take(reports, address, now)).kind === 'limited') return;
    await this.audit.record({ type: 'sign_in.flood', at: now, actor, subject: address, data: { refused } });
  }
}
