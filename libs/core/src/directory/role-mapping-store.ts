import type { Page } from '../audit/audit-log';
import type { Actor } from '../audit/happening';
import type { Role } from '../members/member';
import type { DirectoryGroupId, DirectoryId, DirectoryPersonId, MemberId, TenantId } from '../shared/ids';
import type { RoleMapping } from './role-mapping';

/** A mapping, and the group that it is of. */
export interface ListedMapping extends RoleMapping {
  readonly groupName: string;
}

/** A group of a directory, for whoever looks for one to map. */
export interface ListedGroup {
  readonly id: DirectoryGroupId;
  readonly name: string;
  readonly members: number;
}

/** A member whose role is another by the mappings. */
export interface RoleMove {
  readonly memberId: MemberId;
  readonly personId: DirectoryPersonId;
  readonly before: Role;
  readonly after: Role;
  /** The group that gave it; absent where the member left the last of its mapped groups. */
  readonly mappedBy?: DirectoryGroupId;
}

/** The same, as a person is called. */
export interface ShownMove extends RoleMove {
  readonly email: string;
  readonly name?: string;
}

/** What came, or would come, of a change. */
export interface MappingOutcome {
  readonly mappings: readonly ListedMapping[];
  readonly moves: number;
  /** Those whom it is told of, by the ID of the member; no more than `mostShownMoves`. */
  readonly shown: readonly ShownMove[];
  /** The last owner, who stays one although the mappings say otherwise (TEN-2). */
  readonly keptOwner?: MemberId;
}

export const mostShownMoves = 100;

/** How the mappings are changed, in one transaction with what that does to members. */
export interface MappingRevision {
  readonly directoryId: DirectoryId;
  readonly revise: (mappings: readonly RoleMapping[]) => readonly RoleMapping[];
  /** Whether everybody in a mapped group is looked at, and not only whom the change concerns. */
  readonly everybody: boolean;
  /** Throws to leave everything as it was. */
  readonly judge: (moves: readonly RoleMove[]) => void;
  readonly at: Date;
  readonly actor: Actor;
}

export abstract class RoleMappingStore {
  /** The one that wins first. */
  abstract list(tenantId: TenantId, directoryId: DirectoryId): Promise<ListedMapping[]>;
  /** By ID; `beginning`: how the name begins, whatever the case. */
  abstract groups(
    tenantId: TenantId,
    directoryId: DirectoryId,
    page: Page,
    beginning?: string,
  ): Promise<ListedGroup[]>;
  abstract revise(tenantId: TenantId, revision: MappingRevision): Promise<MappingOutcome | NoSuch>;
  /** The same, and leaves everything as it was. */
  abstract rehearse(tenantId: TenantId, revision: MappingRevision): Promise<MappingOutcome | NoSuch>;
}

export type NoSuch = 'no-directory' | 'no-group';
