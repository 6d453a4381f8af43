import type { UserId } from '../shared/ids';

/** What proves a person besides the password; each belongs to the user, not to a tenant. */
export const secondFactors = ['totp', 'passkey', 'recovery-code'] as const;
export type SecondFactor = (typeof secondFactors)[number];

/** Which second factors a user has set up and could be asked for. */
export abstract class SecondFactors {
  /** Empty where a password is all that there is; a recovery code that was used is none. */
  abstract enrolled(user: UserId): Promise<readonly SecondFactor[]>;
  /** When the newest of them was set up; nothing where there are none. */
  abstract newestAt(user: UserId): Promise<Date | undefined>;
}
