import type { PasskeyProofs } from '../credentials/passkey-proofs';
import type { RecoveryCodes } from '../credentials/recovery-codes';
import type { SecondFactor, SecondFactors } from '../credentials/second-factors';
import type { Admission, SignInDelays } from '../credentials/sign-in-delays';
import type { Totp, TotpEnrolment } from '../credentials/totp';
import type { User } from '../members/member';
import { isSecondFactorProven } from '../sessions/proof';
import type { Clock } from '../shared/clock';
import { hashToken } from '../shared/token';
import type { LocalProgress, LocalSignInStore, LocalState, LocalStateKey } from './local-sign-in-store';
import type { LocalBrowser, LocalStep, LocalVisitor } from './local-step';

/** How often a second factor may be tried before the password is asked for again. */
export const mostFactorTries = 5;

export type FactorStep = Exclude<LocalStep, { readonly kind: 'tenant' }>;

export type FactorOutcome =
  | { readonly kind: 'proven'; readonly state: LocalState }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'slow-down'; readonly seconds: number };

/** What second factors are checked with, by name. */
export interface FactorPorts {
  readonly states: LocalSignInStore;
  readonly factors: SecondFactors;
  readonly totp: Totp;
  readonly recoveryCodes: RecoveryCodes;
  readonly passkeys: PasskeyProofs;
  readonly delays: SignInDelays;
  readonly clock: Clock;
}

/** The second factor of a sign-in under way. */
export class ProveFactor {
  constructor(private readonly ports: FactorPorts) {}

  /** An app to set up, for who has no second factor at all. Throws `second_factor_exists`. */
  async offer({ state, user }: LocalProgress): Promise<TotpEnrolment | undefined> {
    return (await this.mayEnrol(state)) ? this.ports.totp.offer(user, state.id) : undefined;
  }

  async prove(progress: LocalProgress, step: FactorStep, visitor: LocalVisitor): Promise<FactorOutcome> {
    const { states, delays, clock } = this.ports;
    const admission = await this.admit(progress.user, step, visitor);
    if (admission.kind === 'slow-down') return admission;
    const counted = await states.countTryAnywhere(progress.state.id, mostFactorTries, clock.now());
    if (!counted) return { kind: 'expired' };
    const factor = await this.factorOf(counted, step, visitor);
    if (!factor) return { kind: 'wrong' };
    await delays.clear(admission);
    const state = await states.proveAnywhere(counted.state.id, factor, clock.now());
    return state ? { kind: 'proven', state } : { kind: 'expired' };
  }

  private async admit(user: User, { kind }: FactorStep, { actor, device }: LocalVisitor): Promise<Admission> {
    // A passkey cannot be guessed, and the secret of an app that is being set up is on the page.
    if (kind === 'passkey' || kind === 'enrolled') return { kind: 'go' };
    return this.ports.delays.admitCode(user.id, kind, { email: user.email, actor, device });
  }

  private async factorOf(
    { state, user }: LocalProgress,
    step: FactorStep,
    visitor: LocalVisitor,
  ): Promise<SecondFactor | undefined> {
    const { totp, recoveryCodes, passkeys } = this.ports;
    switch (step.kind) {
      case 'totp':
        return (await totp.use(user.id, step.code)) ? 'totp' : undefined;
      case 'recovery-code':
        return (await recoveryCodes.use(user, step.code, visitor)) ? 'recovery-code' : undefined;
      case 'passkey':
        return (await passkeys.use(user, step.response, state.browserKeyHash)) ? 'passkey' : undefined;
      case 'enrolled':
        return (await this.mayEnrol(state)) && (await totp.accept(user, state.id, step.code, visitor))
          ? 'totp'
          : undefined;
    }
  }

  /** Whoever has a second factor proves it; a password alone must not put another in its place. */
  private async mayEnrol(state: LocalState): Promise<boolean> {
    return !isSecondFactorProven(state) && (await this.ports.factors.enrolled(state.userId)).length === 0;
  }
}

/** By what the sign-in of a browser is found again. */
export function keyOf({ browserKey, interactionId }: LocalBrowser): LocalStateKey {
  return { browserKeyHash: hashToken(browserKey), ...(interactionId !== undefined && { interactionId }) };
}
