import { Secret, TOTP } from 'otpauth';
import type { User } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { UserId } from '../shared/ids';
import type { KeyRing } from '../shared/key-ring';
import { SsoError } from '../shared/sso-error';
import { describeChange, type Changing } from './credential-change';
import { requireFullProof, type ProvenSession } from './fresh-proof';
import type { SecondFactors } from './second-factors';
import type { TotpStore } from './totp-store';

/** What an authenticator app is set up with; shown once. */
export interface TotpEnrolment {
  /** Base 32, to be typed. */
  readonly secret: string;
  /** `otpauth://…`, to be shown as a QR code. */
  readonly uri: string;
}

const secondsOfStep = 30;
// RFC 6238 4 and 5.1: what every app does. A step before and one after make up for clocks and slow fingers (5.2).
const scheme = { algorithm: 'SHA1', digits: 6, period: secondsOfStep } as const;
const window = 1;

/** What the codes of authenticator apps read and write, by name. */
export interface TotpPorts {
  readonly store: TotpStore;
  readonly factors: SecondFactors;
  readonly keyRing: KeyRing;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Codes of an authenticator app (RFC 6238), each of which is taken once. */
export class Totp {
  constructor(
    private readonly ports: TotpPorts,
    /** What the app lists the account under. */
    private readonly issuer: string,
  ) {}

  /** Begins to set one up; nothing counts before `confirm`. Throws `proof_stale` or `second_factor_exists`. */
  async begin(user: User, session: ProvenSession): Promise<TotpEnrolment> {
    await this.requireProof(user, session);
    return this.offer(user, session.id);
  }

  /** Throws `proof_stale` or `code_wrong`. */
  async confirm(user: User, session: ProvenSession, code: string, changing: Changing): Promise<void> {
    await this.requireProof(user, session);
    if (await this.accept(user, session.id, code, changing)) return;
    throw new SsoError('code_wrong', 'This code is not right. Wait for the next one and try again.', {
      want: 'the six digits that the app shows now',
    });
  }

  /** Throws `proof_stale`. Recovery codes go with the last factor that they stand in for. */
  async remove(user: User, session: ProvenSession, changing: Changing): Promise<void> {
    await this.requireProof(user, session);
    const { store, clock, chance } = this.ports;
    const message = { kind: 'second-factor-changed', change: 'totp-removed' } as const;
    const type = 'credential.totp_removed';
    await store.removeAnywhere(user.id, describeChange(user, type, message, changing, clock.now(), chance));
  }

  /** For who is not signed in yet: `begin` is for who is. Throws `second_factor_exists`. */
  async offer({ id, email }: User, offeredTo: string): Promise<TotpEnrolment> {
    const secret = (await this.offered(id, offeredTo)) ?? (await this.create(id, offeredTo));
    const uri = new TOTP({ ...scheme, issuer: this.issuer, label: email, secret }).toString();
    return { secret: secret.base32, uri };
  }

  /** Whether the code is of the app that was offered to this session or sign-in, which counts from now on. */
  async accept(user: User, offeredTo: string, code: string, changing: Changing): Promise<boolean> {
    const { store, clock, chance } = this.ports;
    const offered = await store.findAnywhere(user.id);
    if (!offered || offered.confirmed || offered.offeredTo !== offeredTo) return false;
    const step = this.stepOf(user.id, offered.sealed, code);
    if (step === undefined) return false;
    const message = { kind: 'second-factor-changed', change: 'totp-added' } as const;
    const change = describeChange(user, 'credential.totp_added', message, changing, clock.now(), chance);
    return (await store.confirmAnywhere(user.id, offered.sealed, step, change)) === 'confirmed';
  }

  /** Whether this is a code of now; of parallel tries with one code a single one is right. */
  async use(user: UserId, code: string): Promise<boolean> {
    const known = await this.ports.store.findAnywhere(user);
    const step = known?.confirmed ? this.stepOf(user, known.sealed, code) : undefined;
    return step !== undefined && (await this.ports.store.useStepAnywhere(user, step)) === 'used';
  }

  private async offered(user: UserId, offeredTo: string): Promise<Secret | undefined> {
    const known = await this.ports.store.findAnywhere(user);
    return known && !known.confirmed && known.offeredTo === offeredTo
      ? this.open(user, known.sealed)
      : undefined;
  }

  private async create(user: UserId, offeredTo: string): Promise<Secret> {
    const { store, keyRing, clock, chance } = this.ports;
    const secret = new Secret({ buffer: Uint8Array.from(chance.bytes(20)).buffer });
    const sealed = keyRing.seal(secret.base32, contextOf(user));
    if ((await store.beginAnywhere(user, { sealed, offeredTo }, clock.now())) === 'begun') return secret;
    throw new SsoError('second_factor_exists', 'An authenticator app is set up already. Remove it first.', {
      want: 'no authenticator app',
    });
  }

  private open(user: UserId, sealed: string): Secret {
    return Secret.fromBase32(this.ports.keyRing.open(sealed, contextOf(user)));
  }

  private stepOf(user: UserId, sealed: string, typed: string): number | undefined {
    const token = typed.replaceAll(/[\s-]/g, '');
    if (!/^\d{6}$/.test(token)) return undefined;
    const secret = this.open(user, sealed);
    const timestamp = this.ports.clock.now().getTime();
    const delta = new TOTP({ ...scheme, secret }).validate({ token, timestamp, window });
    return delta === null ? undefined : Math.floor(timestamp / 1000 / secondsOfStep) + delta;
  }

  private async requireProof({ id }: User, session: ProvenSession): Promise<void> {
    const { factors, clock } = this.ports;
    requireFullProof(id, session, await factors.enrolled(id), clock.now());
  }
}

function contextOf(user: UserId): string {
  return `totp_secrets ${user}`;
}
