import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { MemberStore } from '../members/member-store';
import type { Clock } from '../shared/clock';
import { connectionId } from '../shared/ids';
import { networkKey } from '../shared/network-key';
import type { RateLimit, RateLimits } from '../shared/rate-limits';
import { hashToken } from '../shared/token';
import type { Tenant } from '../tenants/tenant';
import type { TenantStore } from '../tenants/tenant-store';
import { linkChanged, linkExpired, linkUsed, noSuchLink, tooManyAsked } from './link-refusals';
import type { LinkRequest } from './link-request';
import type { LinkRequestStore } from './link-request-store';
import type { LinkRequests } from './link-requests';

/** What the link of a mail is good for now. */
export type MailedStanding = 'open' | 'used' | 'expired' | 'revoked';

/** What a page may say to whoever has the link. */
export interface MailedLink {
  readonly request: LinkRequest;
  readonly tenant: Tenant;
  /** Absent where it was removed. */
  readonly connection?: Connection;
  readonly standing: MailedStanding;
}

/** What the links of the mails read and write, by name. */
export interface MailedLinkPorts {
  readonly requests: LinkRequestStore;
  readonly asking: LinkRequests;
  readonly tenants: TenantStore;
  readonly connections: ConnectionStore;
  readonly members: MemberStore;
  readonly limits: RateLimits;
  readonly clock: Clock;
}

/** Whoever goes through the addresses of a company this way gets no further than a few. */
const fromAddress: RateLimit = { name: 'link-asks', most: 10, windowMs: 60 * 60_000 };

/** The links by which members were asked to connect their accounts (LNK-3). */
export class MailedLinks {
  constructor(private readonly ports: MailedLinkPorts) {}

  /** Changes nothing: scanners of mail follow links, too. Throws `link_unknown`. */
  async look(token: string): Promise<MailedLink> {
    const { requests, tenants, connections } = this.ports;
    const wellFormed = /^[\w-]{43}$/.test(token);
    const request = wellFormed ? await requests.findByTokenAnywhere(hashToken(token)) : undefined;
    const tenant = request && (await tenants.find(request.tenantId));
    if (!request || !tenant) throw noSuchLink();
    const connection = await connections.find(request.tenantId, request.connectionId);
    const standing = await this.standingOf(request, connection);
    return { request, tenant, ...(connection && { connection }), standing };
  }

  /**
   * Somebody goes on with it; from here on the request counts as opened, for a program that only looks at mails gets no
   * further than the page. Throws why it leads nowhere.
   */
  async follow(token: string): Promise<MailedLink & { readonly connection: Connection }> {
    const { connection, ...mailed } = await this.look(token);
    const { request, standing } = mailed;
    if (standing === 'used') throw linkUsed();
    if (standing === 'expired') throw linkExpired(request.expiresAt);
    if (standing === 'revoked' || !connection) throw linkChanged(request.connectionId);
    await this.ports.requests.opened(request.tenantId, request.id, this.ports.clock.now());
    return { ...mailed, connection };
  }

  /** A new mail to the address on file, whatever became of this link: whoever asks learns nothing of it. */
  async askAgain(token: string): Promise<void> {
    const { request } = await this.look(token);
    await this.ports.asking.ask(request.tenantId, request.memberId, request.connectionId);
  }

  /**
   * For a page that turned somebody away: a link goes to the member with this address, where one could be linked, and
   * whoever asks learns nothing of it. Throws `rate_limited`.
   */
  async askFor(id: string, email: string, { address }: Pick<Actor, 'address'>): Promise<void> {
    const { limits, clock, connections, members, asking } = this.ports;
    const verdict = await limits.take(fromAddress, networkKey(address), clock.now());
    if (verdict.kind === 'limited') throw tooManyAsked(verdict.seconds);
    const connection = connectionId.is(id) ? await connections.findAnywhere(id) : undefined;
    const person = connection && (await members.findByEmail(connection.tenantId, email));
    if (person) await asking.ask(connection.tenantId, person.member.id, connection.id);
  }

  private async standingOf(
    { tenantId, memberId, issuer, email, usedAt, revokedAt, expiresAt }: LinkRequest,
    connection: Connection | undefined,
  ): Promise<MailedStanding> {
    if (usedAt) return 'used';
    if (revokedAt) return 'revoked';
    if (expiresAt <= this.ports.clock.now()) return 'expired';
    const person = await this.ports.members.find(tenantId, memberId);
    const isAsItWas = person?.user.email === email && connection?.idp?.entityId === issuer;
    return isAsItWas && connection.enabledAt ? 'open' : 'revoked';
  }
}
