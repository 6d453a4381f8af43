import type { Actor } from '../audit/happening';
import type { Member, User } from '../members/member';
import type { ApiTokenId, MemberId, TenantId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import { reachOf, type Reach, type Scope } from './scope';

/** A member's key to the API of its tenant, for programs: its secret is shown once, and only its hash is kept (SES-4). */
export interface ApiToken {
  readonly id: ApiTokenId;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly name: string;
  /** The most that it may do; what its member's role forbids at the moment of use, it may not. */
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly createdBy: Actor;
  readonly expiresAt: Date;
  /** To the minute. */
  readonly lastUsedAt?: Date;
  readonly revokedAt?: Date;
}

/** A token with its tenant and member as they are now. */
export interface ApiTokenView {
  readonly token: ApiToken;
  readonly tenant: Tenant;
  readonly member: Member;
  readonly user: User;
}

/** How long a token that has expired is still listed. */
export const endedTokenKeptMs = 30 * 24 * 60 * 60 * 1000;

export type ApiTokenState = 'active' | 'expired' | 'revoked';

export function stateOf({ revokedAt, expiresAt }: ApiToken, now: Date): ApiTokenState {
  if (revokedAt) return 'revoked';
  return expiresAt <= now ? 'expired' : 'active';
}

/** What a token may do now: what it was given, as far as its member's role still goes (TEN-4). */
export function tokenReach({ token, member }: Pick<ApiTokenView, 'token' | 'member'>, scope: Scope): Reach {
  return token.scopes.includes(scope) ? reachOf(member.role, scope) : 'none';
}
