import type { Person } from '../members/member';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { PairedIdentity } from './pairing';

/** A person of a directory who may be whom an identity belongs to. */
export interface ProvisionedMatch {
  /** By the directory's own rule for this connection, or by the address alone, which says no more than that it may be so. */
  readonly paired: boolean;
  /** As the directory has it. */
  readonly email?: string;
  /** The directory said that this person is to have no access, and nobody said otherwise since (SCM-3). */
  readonly isOut: boolean;
  /** The member that it is, whatever became of that one. */
  readonly person?: Person;
  /**
   * The directory wants the person in, brought the account into being, and nobody has set it up since: it has no password, no
   * passkey, no link and no other organisation.
   */
  readonly isFresh: boolean;
}

/** What the directories of a tenant know of an identity. */
export abstract class ProvisionedMatches {
  abstract find(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: PairedIdentity,
  ): Promise<readonly ProvisionedMatch[]>;
}
