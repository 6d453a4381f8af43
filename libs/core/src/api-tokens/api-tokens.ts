import type { Page } from '../audit/audit-log';
import type { Actor, Happening } from '../audit/happening';
import type { Person } from '../members/member';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { apiTokenId, type ApiTokenId, type MemberId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import type { ApiToken } from './api-token';
import type { ApiTokenStore, ListedToken } from './api-token-store';
import { reachOf, scopes, type Scope } from './scope';
import { createTokenSecret } from './token-secret';

export interface WantedToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresInDays?: number | undefined;
}

const usualDays = 90;
const mostPerMember = 50;
const dayMs = 24 * 60 * 60 * 1000;

/** The API tokens of a tenant's members: made, listed and revoked; single sign-on and its enforcement do not touch them (SES-4). */
export class ApiTokens {
  constructor(
    private readonly store: ApiTokenStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
    private readonly longestDays: number,
  ) {}

  /** The secret is in no other answer. Throws `scope_not_grantable`, `validation_failed` or `conflict`. */
  async create(
    { member }: Person,
    wanted: WantedToken,
    actor: Actor,
  ): Promise<{ readonly token: ApiToken; readonly secret: string }> {
    requireGrantable(member, wanted.scopes);
    const secret = createTokenSecret(this.chance);
    const token = this.describe(member, wanted, actor);
    const { name, scopes: granted, expiresAt, memberId } = token;
    const because = this.because('api_token.created', token, actor);
    const after = { name, scopes: granted, expiresAt, memberId };
    const outcome = await this.store.add(member.tenantId, token, hashToken(secret), mostPerMember, {
      ...because,
      after,
    });
    if (outcome === 'no-member')
      throw new SsoError('not_found', 'This tenant has no such member.', { got: member.id });
    if (outcome === 'too-many') throw tooMany();
    return { token, secret };
  }

  list(tenantId: TenantId, whose: MemberId | undefined, page: Page): Promise<ListedToken[]> {
    return this.store.list(tenantId, whose, page);
  }

  /** Throws `not_found`, also for a token of another member where `whose` names one. */
  async get(tenantId: TenantId, id: ApiTokenId, whose: MemberId | undefined): Promise<ListedToken> {
    const found = await this.store.find(tenantId, id);
    if (found && (whose === undefined || found.token.memberId === whose)) return found;
    throw new SsoError('not_found', 'There is no such API token here.', { got: id });
  }

  /** Works once and for all; a second time changes nothing. */
  async revoke(tenantId: TenantId, id: ApiTokenId, whose: MemberId | undefined, actor: Actor): Promise<void> {
    const { token } = await this.get(tenantId, id, whose);
    const { name, memberId } = token;
    const because = this.because('api_token.revoked', token, actor);
    await this.store.revoke(tenantId, id, { ...because, before: { name, memberId } });
  }

  private describe(member: Person['member'], wanted: WantedToken, createdBy: Actor): ApiToken {
    const createdAt = this.clock.now();
    const days = wanted.expiresInDays ?? Math.min(usualDays, this.longestDays);
    if (days > this.longestDays) throw tooLong(this.longestDays, days);
    return {
      id: apiTokenId.create(createdAt, this.chance),
      tenantId: member.tenantId,
      memberId: member.id,
      name: wanted.name,
      scopes: [...new Set(wanted.scopes)],
      createdAt,
      createdBy,
      expiresAt: new Date(createdAt.getTime() + days * dayMs),
    };
  }

  private because(
    type: 'api_token.created' | 'api_token.revoked',
    { tenantId, id: subject }: ApiToken,
    actor: Actor,
  ): Happening {
    return { type, tenantId, at: this.clock.now(), actor, subject };
  }
}

/** Nobody gives a program more than they may do themselves. */
function requireGrantable({ role }: Person['member'], wanted: readonly Scope[]): void {
  const refused = wanted.filter((scope) => reachOf(role, scope) === 'none');
  if (refused.length === 0) return;
  throw new SsoError('scope_not_grantable', `The role "${role}" may not do this itself; leave it out.`, {
    want: scopes.filter((scope) => reachOf(role, scope) !== 'none'),
    got: refused,
  });
}

function tooLong(longest: number, days: number): SsoError {
  return new SsoError(
    'validation_failed',
    `An API token works for at most ${longest} days here; make a new one before it ends.`,
    { want: `expiresInDays of 1 to ${longest}`, got: days },
  );
}

function tooMany(): SsoError {
  return new SsoError(
    'conflict',
    `A member has at most ${mostPerMember} API tokens that work. Revoke one that is not used any more.`,
  );
}
