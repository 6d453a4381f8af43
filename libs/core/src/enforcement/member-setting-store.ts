import type { Happening } from '../audit/happening';
import type { Exemption, Member, MemberSso, Person } from '../members/member';
import type { MemberId, TenantId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';

/** What a change of own settings came to. */
export interface SettingOutcome {
  /** Of how many members the setting is another now. */
  readonly changed: number;
  /** How many of those had which setting. */
  readonly before: Readonly<Record<MemberSso, number>>;
  /** Of those on single sign-on now: how many no identity is linked to, so that they cannot come in yet. */
  readonly unlinked: number;
  /** Who was left out, as an owner; `first` names some. */
  readonly owners: {
    readonly members: number;
    readonly first: readonly { readonly memberId: MemberId; readonly email: string }[];
  };
}

/** Whose own setting changes: everybody's, or that of the members listed. */
export type ListedMembers = 'all' | readonly MemberId[];

export interface WantedSetting {
  readonly listed: ListedMembers;
  readonly sso: MemberSso;
  /** Whether owners are left as they are. */
  readonly butOwners: boolean;
}

/** How single members sign in. Each change holds the tenant, so that its policy and its owners are the same until the end. */
export abstract class MemberSettingStore {
  /**
   * Nothing is written where a listed ID is no member's (`absent`) or `permit` throws. `because` is noted where anything
   * changed.
   */
  abstract setSso(
    tenantId: TenantId,
    wanted: WantedSetting,
    permit: (tenant: Tenant) => void,
    because: (outcome: SettingOutcome) => Happening,
  ): Promise<SettingOutcome | { readonly absent: readonly MemberId[] }>;
  /** Nothing where there is no such member. `because` is told of the member as it was, and may throw to refuse. */
  abstract setExemption(
    tenantId: TenantId,
    id: MemberId,
    exemption: Exemption | undefined,
    because: (before: Member) => Happening,
  ): Promise<Person | undefined>;
}
