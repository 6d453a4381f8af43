import type { UserId } from '../shared/ids';
import type { CredentialChange } from './credential-change';

/** Recovery codes as hashes. They belong to no tenant. */
export abstract class RecoveryCodeStore {
  abstract replaceAnywhere(user: UserId, hashes: readonly string[], change: CredentialChange): Promise<void>;
  abstract unusedAnywhere(user: UserId): Promise<readonly string[]>;
  /** Atomic: one use each. */
  abstract useAnywhere(user: UserId, hash: string, change: CredentialChange): Promise<'used' | 'stale'>;
}
