import type { OutgoingMail } from '../mail/outgoing-mail';
import type { User } from '../members/member';
import type { UserId } from '../shared/ids';
import type { PasswordChange } from './account';

/** A link that was asked for; for an account that does not exist it is kept as well, and opens nothing. */
export interface PasswordReset {
  /** Hash of the account's key: one link each, the newest. */
  readonly key: string;
  readonly tokenHash: string;
  readonly userId?: UserId | undefined;
  readonly expiresAt: Date;
}

/** Links by which a person who holds the mailbox sets a new password. They belong to no tenant. */
export abstract class PasswordResetStore {
  /** Replaces the link that was asked for before; the mail is queued only where there is a user. */
  abstract beginAnywhere(reset: PasswordReset, mail: OutgoingMail): Promise<void>;
  abstract findAnywhere(tokenHash: string, now: Date): Promise<User | undefined>;
  /** Takes the link once and does all that `AccountStore.setPasswordAnywhere` does, or nothing, in one transaction. */
  abstract completeAnywhere(tokenHash: string, change: PasswordChange): Promise<'done' | 'unknown'>;
}
