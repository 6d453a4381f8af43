import type { User } from '../members/member';
import type { SessionId, UserId } from '../shared/ids';
import type { CredentialChange } from './credential-change';

/** A person with what is stored of the password, if there is one. */
export interface Account {
  readonly user: User;
  readonly password?: { readonly hash: string; readonly changedAt: Date };
}

/** A new password, and what ends with the old one. */
export interface PasswordChange extends CredentialChange {
  readonly hash: string;
  readonly changedAt: Date;
  /** The one session that goes on. */
  readonly keep?: SessionId | undefined;
}

/** People and their passwords. They belong to no tenant, so that everything here crosses them. */
export abstract class AccountStore {
  abstract findAnywhere(user: UserId): Promise<Account | undefined>;
  /** By the key of an e-mail address, see `emailKey`. */
  abstract findByEmailAnywhere(key: string): Promise<Account | undefined>;
  /** The same password under another hash; nothing where it was changed meanwhile. */
  abstract rehashAnywhere(user: UserId, from: string, to: string): Promise<void>;
  /**
   * Sets the password, ends the person's other sessions in every tenant and forgets what the old one began: sign-ins
   * under way and links to reset it.
   */
  abstract setPasswordAnywhere(user: UserId, change: PasswordChange): Promise<void>;
  /** Removes every second factor and the codes that stand in for them, and ends the person's sessions and sign-ins under way. */
  abstract removeFactorsAnywhere(user: UserId, change: CredentialChange): Promise<void>;
}
