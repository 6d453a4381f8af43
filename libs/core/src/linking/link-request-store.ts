import type { Happening } from '../audit/happening';
import type { MailLanguage, OutgoingMail } from '../mail/outgoing-mail';
import type { Person } from '../members/member';
import type { ConnectionId, LinkRequestId, MemberId, TenantId, UserId } from '../shared/ids';
import type { Task } from '../tasks/task';
import type { LinkRequest } from './link-request';
import type { NewLink } from './new-link';

/** `gone`: used, revoked or expired by now, or its member or connection is not what it was. `taken`: the identity is somebody else's. */
export type UseOutcome = 'linked' | 'gone' | 'taken';

/** Through which connection members are asked to link, as it is now. */
export interface AskedConnection {
  readonly connectionId: ConnectionId;
  /** The entity ID of its identity provider. */
  readonly issuer: string;
  readonly enabledAt: Date;
  readonly now: Date;
  /** Asks those again whom a request of before this time reached already. */
  readonly again?: Date | undefined;
}

export interface AskableQuery extends AskedConnection {
  /** The domains that the tenant has verified. */
  readonly domains: readonly string[];
  readonly after?: MemberId | undefined;
  readonly limit: number;
}

/** A member who is to be asked, and in which language, where one is known. */
export interface AskableMember {
  readonly person: Person;
  readonly language?: MailLanguage;
}

/** A request and the letter with its link: both are written, or neither. */
export interface FreshRequest {
  readonly request: LinkRequest;
  readonly mail: OutgoingMail;
}

export abstract class LinkRequestStore {
  /**
   * By member ID: who has an e-mail in one of the domains and no link, is neither owner nor suspended nor set to a
   * password, and was not asked since the connection was enabled, nor by a request that is open or was answered.
   */
  abstract askable(tenantId: TenantId, query: AskableQuery): Promise<readonly AskableMember[]>;
  /**
   * Writes those that are still called for, one current request a member also when it is called several times at once, and
   * revokes what they replace. Answers with how many it wrote; `because` is noted if there are any.
   */
  abstract ask(
    tenantId: TenantId,
    fresh: readonly FreshRequest[],
    connection: AskedConnection,
    because: Happening,
  ): Promise<number>;
  /** Leaves the asking to a worker. */
  abstract askLater(tenantId: TenantId, task: Task<'ask-members-to-link'>, because: Happening): Promise<void>;
  /** Whether the user has a link through this connection. */
  abstract isLinked(tenantId: TenantId, userId: UserId, connectionId: ConnectionId): Promise<boolean>;
  /** The language in which this member is written to, where one is known. */
  abstract languageOf(tenantId: TenantId, id: MemberId): Promise<MailLanguage | undefined>;
  /** Crosses tenants: a link names none. */
  abstract findByTokenAnywhere(tokenHash: string): Promise<LinkRequest | undefined>;
  abstract find(tenantId: TenantId, id: LinkRequestId): Promise<LinkRequest | undefined>;
  /** The one of this member that no other replaced. */
  abstract findCurrent(tenantId: TenantId, id: MemberId): Promise<LinkRequest | undefined>;
  /** Remembers the first time that an open one was opened; of any other nothing changes. */
  abstract opened(tenantId: TenantId, id: LinkRequestId, now: Date): Promise<void>;
  /**
   * Uses the request up and writes the link, together or not at all; of parallel tries one succeeds. It must be open, its
   * member neither removed nor suspended, its connection enabled and with the identity provider of when it was asked,
   * which is also the issuer of the link.
   */
  abstract use(tenantId: TenantId, id: LinkRequestId, linking: NewLink): Promise<UseOutcome>;
}
