import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { DeploymentAuditLog } from '../audit/deployment-happening';
import type { Actor } from '../audit/happening';
import type { PasskeyProofs } from '../credentials/passkey-proofs';
import type { Passwords } from '../credentials/passwords';
import type { SignInDelays } from '../credentials/sign-in-delays';
import type { TotpEnrolment } from '../credentials/totp';
import { parseEmail, type User } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { createToken, hashToken } from '../shared/token';
import type { EnterLocally } from './enter-locally';
import type { LocalOutcome } from './local-outcome';
import type { LocalSignInStore, LocalState } from './local-sign-in-store';
import type {
  LocalBeginning,
  LocalBrowser,
  LocalContinuation,
  LocalVisitor,
  PasskeyBeginning,
  PasswordBeginning,
} from './local-step';
import { keyOf, type ProveFactor } from './prove-factor';

/** How long a person may take between the password and the end. */
export const localSignInMs = 10 * 60 * 1000;

/** What a sign-in by our own credentials reads and writes, by name. */
export interface LocalPorts {
  readonly states: LocalSignInStore;
  readonly passwords: Passwords;
  readonly passkeys: PasskeyProofs;
  readonly delays: SignInDelays;
  readonly factor: ProveFactor;
  readonly entry: EnterLocally;
  readonly audit: DeploymentAuditLog;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Signing in by what we keep ourselves, step by step: each step says what is asked for next (LOG-5, LOG-6, LOG-8). */
export class LocalSignIn {
  constructor(private readonly ports: LocalPorts) {}

  async begin(beginning: PasswordBeginning): Promise<LocalOutcome> {
    const { delays, passwords } = this.ports;
    const { password, actor, device } = beginning;
    const email = addressOf(beginning.email);
    const admission = await delays.admitPassword({ email, actor, device });
    if (admission.kind === 'slow-down') return admission;
    // Of before it is looked at, so that a password which is changed meanwhile is newer.
    const authenticatedAt = this.ports.clock.now();
    const proven = await passwords.prove(email, password);
    if (!proven.proven) return this.refuse('password', proven.user, actor);
    await delays.clear(admission);
    return this.proceed(proven.user, { via: 'password', authenticatedAt }, beginning);
  }

  /** For `navigator.credentials.get`; it names no account. */
  passkeyOptions({ browserKey }: LocalBrowser): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.ports.passkeys.signInOptions(hashToken(browserKey));
  }

  /** Password and second factor at once: the authenticator has verified its holder. */
  async beginByPasskey(beginning: PasskeyBeginning): Promise<LocalOutcome> {
    const { delays, passkeys } = this.ports;
    const { response, browserKey, actor } = beginning;
    const admission = await delays.admitPasskey(actor);
    if (admission.kind === 'slow-down') return admission;
    const user = await passkeys.prove(response, hashToken(browserKey));
    if (!user) return this.refuse('passkey', undefined, actor);
    await delays.clear(admission);
    return this.proceed(user, { via: 'passkey', authenticatedAt: this.ports.clock.now() }, beginning);
  }

  /** For `navigator.credentials.get` as a second factor; nothing where no sign-in is under way here. */
  async factorOptions(browser: LocalBrowser): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
    const progress = await this.find(browser);
    return progress && this.ports.passkeys.factorOptions(progress.user, progress.state.browserKeyHash);
  }

  /** What an authenticator app is set up with after `enrol-second-factor`; the same however often the page is loaded. */
  async startEnrolment(browser: LocalBrowser): Promise<TotpEnrolment | undefined> {
    const progress = await this.find(browser);
    return progress && this.ports.factor.offer(progress);
  }

  async continue({ step, ...visitor }: LocalContinuation): Promise<LocalOutcome> {
    const progress = await this.find(visitor);
    if (!progress) return { kind: 'expired' };
    const { state, user } = progress;
    if (step.kind !== 'tenant') {
      const proven = await this.ports.factor.prove(progress, step, visitor);
      if (proven.kind === 'wrong') return this.refuse(step.kind, user, visitor.actor);
      return proven.kind === 'proven' ? this.advance(proven.state, user, visitor) : proven;
    }
    const chosen = await this.ports.states.chooseAnywhere(state.id, step.tenantId, this.ports.clock.now());
    return chosen ? this.advance(chosen, user, visitor) : { kind: 'expired' };
  }

  private find(browser: LocalBrowser) {
    return this.ports.states.findAnywhere(keyOf(browser), this.ports.clock.now());
  }

  private async proceed(
    user: User,
    { via, authenticatedAt }: Pick<LocalState, 'via' | 'authenticatedAt'>,
    beginning: LocalBeginning,
  ): Promise<LocalOutcome> {
    const { tenantId, purpose = 'sign-in' } = beginning;
    const state: LocalState = {
      id: createToken(this.ports.chance),
      ...keyOf(beginning),
      ...{ userId: user.id, via, purpose, authenticatedAt },
      ...(tenantId !== undefined && { tenantId }),
      expiresAt: new Date(authenticatedAt.getTime() + localSignInMs),
    };
    await this.ports.states.beginAnywhere(state);
    return this.advance(state, user, beginning);
  }

  private advance(state: LocalState, user: User, visitor: LocalVisitor): Promise<LocalOutcome> {
    return this.ports.entry.advance({ state, user }, visitor);
  }

  /** Written of an unknown account as well: the record must not show in the time that the answer takes. */
  private async refuse(what: string, user: User | undefined, actor: Actor): Promise<LocalOutcome> {
    const subject = user?.id ?? 'unknown';
    const at = this.ports.clock.now();
    await this.ports.audit.record({ type: 'sign_in.failed', at, actor, subject, data: { what } });
    return { kind: 'wrong' };
  }
}

/** One spelling; what is no address is nobody's. */
function addressOf(typed: string): string {
  try {
    return parseEmail(typed);
  } catch {
    return '';
  }
}
