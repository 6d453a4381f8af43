import type { User } from '../members/member';
import type { UserId } from '../shared/ids';
import type { CredentialChange } from './credential-change';

/** The public half of a key that an authenticator of the person holds. */
export interface Passkey {
  /** As the authenticator names it: base64url. */
  readonly id: string;
  readonly userId: UserId;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** How often it signed, as it says; passkeys that are on several devices always say 0. */
  readonly counter: number;
  readonly transports: readonly string[];
  /** What the person calls it. */
  readonly label: string;
  /** Whether it is on several devices, or could be. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
}

/** A question that an authenticator signs: asked of one browser or person, for one purpose, once. */
export interface PasskeyChallenge {
  readonly hash: string;
  readonly purpose: 'registration' | 'sign-in' | 'second-factor';
  /** The ID of the person, or the hash of the browser key. */
  readonly askedOf: string;
}

/** Passkeys and the challenges for them. They belong to no tenant. */
export abstract class PasskeyStore {
  abstract askAnywhere(challenge: PasskeyChallenge, expiresAt: Date): Promise<void>;
  /** Atomic: of parallel answers to one challenge a single one finds it open. */
  abstract takeAnywhere(challenge: PasskeyChallenge, now: Date): Promise<boolean>;
  /** Oldest first. */
  abstract listAnywhere(user: UserId): Promise<readonly Passkey[]>;
  abstract findAnywhere(id: string): Promise<{ readonly passkey: Passkey; readonly user: User } | undefined>;
  abstract addAnywhere(passkey: Passkey, change: CredentialChange): Promise<'added' | 'taken'>;
  /** Atomic: the counter only grows, unless it is not kept at all (Web Authentication 6.1.1). */
  abstract usedAnywhere(id: string, counter: number, at: Date): Promise<'used' | 'stale'>;
  /** With the recovery codes, where no other factor is left that they stand in for. */
  abstract removeAnywhere(user: UserId, id: string, change: CredentialChange): Promise<'removed' | 'absent'>;
}

/** As authenticators are asked for it. */
export function describeKnown({ id, transports }: Passkey): { id: string; transports: string[] } {
  return { id, transports: [...transports] };
}
