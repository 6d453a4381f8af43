import type { DomainStore } from '../domains/domain-store';
import type { Person } from '../members/member';
import type { Clock } from '../shared/clock';
import type { MemberId, TenantId } from '../shared/ids';
import type { LinkRequest } from './link-request';
import { verifiedNames } from './verified-names';

/** How far a member is on the way to a link. `none`: was not asked. */
export const boardStandings = ['waiting', 'sent', 'opened', 'linked', 'expired', 'bounced', 'none'] as const;
export type BoardStanding = (typeof boardStandings)[number];

/** Why a member got no letter (LNK-4). */
export const unaskedReasons = [
  'already-linked',
  'owner',
  'suspended',
  'password-only',
  'other-domain',
  'unlinked',
  'not-asked-yet',
] as const;
export type UnaskedReason = (typeof unaskedReasons)[number];

export interface BoardMember extends Person {
  readonly standing: BoardStanding;
  /** The newest request. */
  readonly request?: LinkRequest;
  readonly linkedAt?: Date;
  readonly reason?: UnaskedReason;
}

export interface BoardCounts {
  readonly total: number;
  readonly standings: Readonly<Record<BoardStanding, number>>;
  /** Of those who got no letter, why. */
  readonly reasons: Readonly<Record<UnaskedReason, number>>;
}

/** What standing and reason depend on besides the rows of a member. */
export interface BoardFacts {
  /** The domains that the tenant has verified. */
  readonly domains: readonly string[];
  readonly now: Date;
}

export interface BoardPage {
  readonly filter?: BoardStanding | undefined;
  readonly after?: MemberId | undefined;
  readonly limit: number;
}

export abstract class LinkingBoardStore {
  abstract count(tenantId: TenantId, facts: BoardFacts): Promise<BoardCounts>;
  /** By member ID. */
  abstract page(tenantId: TenantId, page: BoardPage & BoardFacts): Promise<readonly BoardMember[]>;
}

/** How linking goes on in a tenant, person by person (LNK-4). */
export class LinkingBoard {
  constructor(
    private readonly store: LinkingBoardStore,
    private readonly domains: DomainStore,
    private readonly clock: Clock,
  ) {}

  async count(tenantId: TenantId): Promise<BoardCounts> {
    return this.store.count(tenantId, await this.facts(tenantId));
  }

  async page(tenantId: TenantId, page: BoardPage): Promise<readonly BoardMember[]> {
    return this.store.page(tenantId, { ...page, ...(await this.facts(tenantId)) });
  }

  private async facts(tenantId: TenantId): Promise<BoardFacts> {
    return { domains: await verifiedNames(this.domains, tenantId), now: this.clock.now() };
  }
}
