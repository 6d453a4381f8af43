import type { SecondFactor } from '../credentials/second-factors';
import type { User } from '../members/member';
import type { TenantId, UserId } from '../shared/ids';
import type { LocalPurpose } from './local-outcome';

/** What was proven so far in one browser, between two pages. */
export interface LocalState {
  /** Random: a sign-in that was begun anew is another. */
  readonly id: string;
  readonly browserKeyHash: string;
  readonly interactionId?: string;
  readonly userId: UserId;
  readonly via: 'password' | 'passkey';
  readonly secondFactor?: SecondFactor;
  readonly purpose: LocalPurpose;
  /** Asked for at first, or chosen since. */
  readonly tenantId?: TenantId;
  readonly authenticatedAt: Date;
  readonly expiresAt: Date;
}

/** Which sign-in: a browser has one at a time for each interaction. */
export type LocalStateKey = Pick<LocalState, 'browserKeyHash' | 'interactionId'>;

/** A state and whose it is. */
export interface LocalProgress {
  readonly state: LocalState;
  readonly user: User;
}

/** Sign-ins under way. They belong to no tenant yet: which one it is shows in the end. */
export abstract class LocalSignInStore {
  /** Replaces what this browser began before. */
  abstract beginAnywhere(state: LocalState): Promise<void>;
  abstract findAnywhere(key: LocalStateKey, now: Date): Promise<LocalProgress | undefined>;
  /**
   * Atomic: counts a try of this very sign-in before it is looked at; nothing once there were as many as `most`, nor where
   * the browser has begun anew meanwhile, perhaps as somebody else.
   */
  abstract countTryAnywhere(id: string, most: number, now: Date): Promise<LocalProgress | undefined>;
  abstract proveAnywhere(id: string, factor: SecondFactor, now: Date): Promise<LocalState | undefined>;
  abstract chooseAnywhere(id: string, tenantId: TenantId, now: Date): Promise<LocalState | undefined>;
  /** Atomic, once: false also where the password was changed since it was proven. */
  abstract takeAnywhere(id: string, now: Date): Promise<boolean>;
  /** Whether the password is the one that was proven; waits for a change that is being written. */
  abstract isUnchangedAnywhere(
    proven: Pick<LocalState, 'userId' | 'via' | 'authenticatedAt'>,
  ): Promise<boolean>;
}
