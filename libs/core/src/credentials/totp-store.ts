import type { UserId } from '../shared/ids';
import type { CredentialChange } from './credential-change';

/** The secret of an authenticator app, sealed; it counts once a code of it has come back. */
export interface TotpSecret {
  readonly sealed: string;
  readonly confirmed: boolean;
  /** Which session or sign-in it was offered to; nobody else is shown it again. */
  readonly offeredTo?: string;
}

/** One authenticator app a person. They belong to no tenant. */
export abstract class TotpStore {
  abstract findAnywhere(user: UserId): Promise<TotpSecret | undefined>;
  /** Replaces one that was never confirmed. */
  abstract beginAnywhere(
    user: UserId,
    offer: Required<Pick<TotpSecret, 'sealed' | 'offeredTo'>>,
    now: Date,
  ): Promise<'begun' | 'exists'>;
  /** Once, and only the very secret that the code was of. */
  abstract confirmAnywhere(
    user: UserId,
    sealed: string,
    step: number,
    change: CredentialChange,
  ): Promise<'confirmed' | 'meanwhile'>;
  /** Atomic: neither a step that was used nor one before it is taken (RFC 6238 5.2). */
  abstract useStepAnywhere(user: UserId, step: number): Promise<'used' | 'stale'>;
  /** With the recovery codes, where no other factor is left that they stand in for. */
  abstract removeAnywhere(user: UserId, change: CredentialChange): Promise<'removed' | 'absent'>;
}
