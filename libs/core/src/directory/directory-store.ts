import type { Happening } from '../audit/happening';
import type { ConnectionId, DirectoryId, TenantId } from '../shared/ids';
import type { Directory } from './directory';

/** What is not named stays as it is; without a connection, any of the tenant's is meant. */
export interface DirectoryChange {
  readonly name?: string | undefined;
  readonly defaultRole?: Directory['defaultRole'] | undefined;
  readonly pairing?: Directory['pairing'] | undefined;
  readonly connectionId?: ConnectionId | null | undefined;
}

/** A directory with what an IT admin asks of it first. */
export interface DirectoryOverview {
  readonly directory: Directory;
  readonly people: number;
  readonly activePeople: number;
  readonly groups: number;
  readonly quarantined: number;
  /** When one of its tokens was last used, to the minute. */
  readonly lastUsedAt?: Date;
}

export abstract class DirectoryStore {
  /** `too-many`: the tenant has `most` directories, also when two calls race. */
  abstract add(
    tenantId: TenantId,
    directory: Directory,
    most: number,
    because: Happening,
  ): Promise<'added' | 'no-connection' | 'too-many'>;
  abstract find(tenantId: TenantId, id: DirectoryId): Promise<DirectoryOverview | undefined>;
  /** Oldest first. */
  abstract list(tenantId: TenantId): Promise<DirectoryOverview[]>;
  abstract change(
    tenantId: TenantId,
    id: DirectoryId,
    change: DirectoryChange,
    because: Happening,
  ): Promise<'changed' | 'no-connection' | 'absent'>;
  /** Writes nothing where it is so already. */
  abstract pause(
    tenantId: TenantId,
    id: DirectoryId,
    because: Happening,
  ): Promise<'changed' | 'so-before' | 'absent'>;
  abstract resume(
    tenantId: TenantId,
    id: DirectoryId,
    because: Happening,
  ): Promise<'changed' | 'so-before' | 'absent'>;
  /**
   * Forgets the directory with its people, groups, mappings, tokens and requests. Members stay what they are: who is suspended
   * stays so until somebody brings them back, and roles stand as if they had been given by hand.
   */
  abstract remove(tenantId: TenantId, id: DirectoryId, because: Happening): Promise<'removed' | 'absent'>;
}
