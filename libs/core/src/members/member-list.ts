import type { ConnectionId, DirectoryGroupId, DirectoryId, MemberId, TenantId } from '../shared/ids';
import type { MemberSso, Person, Role } from './member';

/** Which members are wanted: those of whom everything holds that is said here. */
export interface MemberFilter {
  readonly role?: Role | undefined;
  /** Whether an identity of a connection that stands is linked to the member. */
  readonly linked?: boolean | undefined;
  readonly sso?: MemberSso | undefined;
  /** Whether an exemption is in force. */
  readonly exempt?: boolean | undefined;
  readonly suspended?: boolean | undefined;
  /** How the e-mail address or the name begins, whatever the case. */
  readonly beginning?: string | undefined;
}

/** `created`: oldest first. */
export const memberSorts = ['created', 'email'] as const;
export type MemberSort = (typeof memberSorts)[number];

/** Behind whom a list goes on; `email` as it is compared, of a list in that order only. */
export interface MemberPosition {
  readonly id: MemberId;
  readonly email?: string | undefined;
}

export interface MemberQuery {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
  readonly after?: MemberPosition | undefined;
  readonly limit: number;
  /** At what time an exemption is or is not in force. */
  readonly now: Date;
}

/** A member with all that a list shows (TEN-7). */
export interface ListedMember extends Person {
  /** Oldest first. */
  readonly links: readonly MemberLink[];
  readonly lastSignIn?: { readonly at: Date; readonly via: string };
  /** The group by which the member has its role, where a directory gave it (SCM-4). */
  readonly roleFrom?: MappingGroup;
}

export interface MappingGroup {
  readonly directoryId: DirectoryId;
  readonly groupId: DirectoryGroupId;
  readonly name: string;
}

export interface MemberLink {
  readonly connectionId: ConnectionId;
  readonly createdAt: Date;
}

/** How many there are; no more than `mostCounted` are counted. */
export interface MemberCount {
  readonly counted: number;
  readonly more: boolean;
}

export const mostCounted = 10_000;

export abstract class MemberList {
  abstract page(tenantId: TenantId, query: MemberQuery): Promise<ListedMember[]>;
  abstract count(tenantId: TenantId, query: Pick<MemberQuery, 'filter' | 'now'>): Promise<MemberCount>;
  abstract find(tenantId: TenantId, id: MemberId): Promise<ListedMember | undefined>;
}
