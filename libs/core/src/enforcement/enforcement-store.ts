import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Person, Role } from '../members/member';
import type { ConnectionId, MemberId, SessionId, TenantId } from '../shared/ids';
import type { DryRun, SignInPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import type { Census, SsoReach } from './census';

/** A member as a preview shows it. */
export interface MemberStanding {
  readonly person: Person;
  readonly reach: SsoReach;
}

/** Who asks for a change, by a live session of this very tenant. */
export interface Asking {
  readonly role: Role;
  /** Of a session that single sign-on opened. */
  readonly connectionId?: ConnectionId;
}

/** What the rules of a policy look at, all of it as one transaction sees it. */
export abstract class PolicyFacts {
  abstract readonly tenant: Tenant;
  abstract census(at: Date): Promise<Census>;
  /** How many members have `sso` as their own setting. */
  abstract countOnSso(): Promise<number>;
  abstract enabledConnections(): Promise<readonly Connection[]>;
  /** How many people of these roles have shown that they can come in without single sign-on (ENF-12). */
  abstract countProven(roles: readonly Role[]): Promise<number>;
  /** API tokens that work at this time, whatever the policy (SES-4). */
  abstract countApiTokens(at: Date): Promise<number>;
  /** Nothing unless the session is alive in this tenant, of a member who is not suspended. */
  abstract asking(session: SessionId, at: Date): Promise<Asking | undefined>;
}

/** Whom a question is about. */
export type Whom = { readonly id: MemberId } | { readonly email: string };

/** A member whose sign-ins a dry run would have refused; the address is missing of who is no member any more. */
export interface DryRunPerson {
  readonly memberId: MemberId;
  readonly email?: string;
  readonly signIns: number;
  readonly lastAt: Date;
}

export interface DryRunCounts {
  readonly signIns: number;
  readonly people: number;
}

/** What is written, and why; nothing where everything stays as it is. */
export type PolicyWrite = { readonly policy: SignInPolicy; readonly because: Happening } | 'unchanged';

export abstract class EnforcementStore {
  /** Throws `not_found`. */
  abstract read<T>(tenantId: TenantId, work: (facts: PolicyFacts) => Promise<T>): Promise<T>;
  /**
   * Decides and writes in one transaction that holds the tenant: until it ends no member, link, session or connection is
   * added, and no role, own setting, exemption, switch or other policy changes. Returns the policy that holds then.
   */
  abstract change(
    tenantId: TenantId,
    decide: (facts: PolicyFacts) => Promise<PolicyWrite>,
  ): Promise<SignInPolicy>;
  /** By member ID; of these classes of a census only. */
  abstract members(
    tenantId: TenantId,
    classes: readonly string[],
    at: Date,
    page: Page,
  ): Promise<readonly MemberStanding[]>;
  abstract find(tenantId: TenantId, whom: Whom): Promise<MemberStanding | undefined>;
  abstract countDryRun(tenantId: TenantId, run: DryRun): Promise<DryRunCounts>;
  /** By member ID. */
  abstract listDryRun(tenantId: TenantId, run: DryRun, page: Page): Promise<readonly DryRunPerson[]>;
}
