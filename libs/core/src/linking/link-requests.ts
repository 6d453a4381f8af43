import type { Actor, Happening } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { DomainStore } from '../domains/domain-store';
import { requireGrant, type Authority } from '../members/authority';
import type { Person } from '../members/member';
import type { MemberStore } from '../members/member-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { taskId, type ConnectionId, type MemberId, type TenantId } from '../shared/ids';
import type { RateLimits } from '../shared/rate-limits';
import type { Tenant } from '../tenants/tenant';
import type { TenantStore } from '../tenants/tenant-store';
import { describeRequest, type AskingConnection } from './describe-request';
import type { LinkRequest } from './link-request';
import { mayAskFromPage, takeRequestTo, takeRequestToAll } from './link-request-limits';
import type { AskableMember, AskedConnection, LinkRequestStore } from './link-request-store';
import { absentMember, noConnection, notAskable, takesPart } from './link-request-refusals';
import { verifiedNames } from './verified-names';

/** What asking members to link reads and writes, by name. */
export interface LinkRequestPorts {
  readonly requests: LinkRequestStore;
  readonly tenants: TenantStore;
  readonly members: MemberStore;
  readonly connections: ConnectionStore;
  readonly domains: DomainStore;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly chance: Chance;
}

const batch = 200;
const system: Actor = { kind: 'system' };

/** Asking members by mail to join their account to the identity at the identity provider (LNK-2, LNK-4). */
export class LinkRequests {
  constructor(
    private readonly ports: LinkRequestPorts,
    /** Under which links in mails begin, whatever a request says of its host. */
    private readonly publicUrl: string,
  ) {}

  /**
   * Asks every member who can be linked, and is not. However often it runs, somebody is asked once: what a crash left is
   * gone on with. `again` asks those anew whom a request of before that time reached. Answers with how many it asked.
   */
  async askAll(tenantId: TenantId, connectionId: ConnectionId, again?: Date): Promise<number> {
    const asking = await this.lookAt(tenantId, connectionId);
    if (!asking) return 0;
    const domains = await verifiedNames(this.ports.domains, tenantId);
    let [asked, after]: [number, MemberId | undefined] = [0, undefined];
    for (let full = domains.length > 0; full;) {
      const connection = this.asNow(asking.connection, again);
      const query = { ...connection, domains, after, limit: batch };
      const askable: readonly AskableMember[] = await this.ports.requests.askable(tenantId, query);
      asked += await this.write(asking, askable, connection, this.becauseMany(asking.connection, system));
      after = askable.at(-1)?.person.member.id;
      full = askable.length === batch;
    }
    return asked;
  }

  /**
   * A new letter to one member; the link of the one before leads nowhere from now on. Throws `rate_limited`, `conflict` for
   * who cannot link, and `connection_disabled` where there is nothing to link to.
   */
  async resend(
    tenant: Tenant,
    memberId: MemberId,
    by: Authority,
    connectionId?: ConnectionId,
  ): Promise<LinkRequest> {
    const person = await this.ports.members.find(tenant.id, memberId);
    if (!person) throw absentMember(memberId);
    requireGrant(by, person.member.role);
    const asking = await this.requireConnection(tenant, connectionId);
    const current = await this.ports.requests.findCurrent(tenant.id, memberId);
    await this.refuseWhoCannot(person, asking.connection);
    await takeRequestTo(this.ports.limits, memberId, this.ports.clock.now());
    const written = await this.askOne(asking, person, by.actor, current);
    if (written) return written;
    throw notAskable('changed', memberId);
  }

  /** A letter to all who are not linked, also to those who have one; a worker writes them. Throws `rate_limited`. */
  async resendAll(tenant: Tenant, by: Authority, connectionId?: ConnectionId): Promise<void> {
    const { connection } = await this.requireConnection(tenant, connectionId);
    const { requests, limits, clock, chance } = this.ports;
    const now = clock.now();
    await takeRequestToAll(limits, tenant.id, now);
    const payload = { tenantId: tenant.id, connectionId: connection.id, again: now };
    const task = {
      id: taskId.create(now, chance),
      kind: 'ask-members-to-link',
      payload,
      createdAt: now,
    } as const;
    await requests.askLater(tenant.id, task, this.becauseMany(connection, by.actor));
  }

  /**
   * For a page on which somebody says to be this member: the letter goes to the address on file, and whoever asks learns
   * nothing, not even whether one was sent.
   */
  async ask(tenantId: TenantId, memberId: MemberId, connectionId?: ConnectionId): Promise<void> {
    const { tenants, members, requests, limits, clock } = this.ports;
    const [tenant, person] = await Promise.all([tenants.find(tenantId), members.find(tenantId, memberId)]);
    const asking = tenant && (await this.find(tenant, connectionId));
    if (!asking || !person || takesPart(person.member) !== 'may') return;
    if (await requests.isLinked(tenantId, person.user.id, asking.connection.id)) return;
    const current = await requests.findCurrent(tenantId, memberId);
    if (!(await mayAskFromPage(limits, memberId, current, clock.now()))) return;
    await this.askOne(asking, person, { kind: 'person' }, current);
  }

  private async askOne(
    asking: Asking,
    person: Person,
    actor: Actor,
    current: LinkRequest | undefined,
  ): Promise<LinkRequest | undefined> {
    const { requests, clock } = this.ports;
    const { tenantId } = asking.connection;
    const language = current?.language ?? (await requests.languageOf(tenantId, person.member.id));
    const again = new Date(clock.now().getTime() + 1);
    const connection = this.asNow(asking.connection, again);
    const fresh = this.describe(asking, { person, ...(language && { language }) }, connection);
    const because = this.becauseOne(asking.connection, actor, person);
    const written = await requests.ask(tenantId, [fresh], connection, because);
    return written === 1 ? fresh.request : undefined;
  }

  private async write(
    asking: Asking,
    askable: readonly AskableMember[],
    connection: AskedConnection,
    because: Happening,
  ): Promise<number> {
    if (askable.length === 0) return 0;
    const fresh = askable.map((member) => this.describe(asking, member, connection));
    return this.ports.requests.ask(asking.connection.tenantId, fresh, connection, because);
  }

  private describe({ tenant, connection }: Asking, member: AskableMember, { issuer, now }: AskedConnection) {
    const asking = { publicUrl: this.publicUrl, tenant, connection, issuer };
    return describeRequest(asking, member, now, this.ports.chance);
  }

  private asNow({ id: connectionId, idp, enabledAt }: AskingConnection, again?: Date): AskedConnection {
    return { connectionId, issuer: idp.entityId, enabledAt, now: this.ports.clock.now(), again };
  }

  private async lookAt(tenantId: TenantId, id: ConnectionId): Promise<Asking | undefined> {
    const tenant = await this.ports.tenants.find(tenantId);
    return tenant && this.find(tenant, id);
  }

  /** The connection that was named, else the primary one, if people can sign in by it. */
  private async find(tenant: Tenant, id: ConnectionId | undefined): Promise<Asking | undefined> {
    const { connections } = this.ports;
    if (tenant.suspendedAt) return undefined;
    const connection = await (id ? connections.find(tenant.id, id) : connections.primary(tenant.id));
    return connection && isOn(connection) ? { tenant, connection } : undefined;
  }

  private async requireConnection(tenant: Tenant, id: ConnectionId | undefined): Promise<Asking> {
    const asking = await this.find(tenant, id);
    if (asking) return asking;
    throw noConnection(tenant, id);
  }

  private async refuseWhoCannot({ user, member }: Person, { id }: AskingConnection): Promise<void> {
    const part = takesPart(member);
    if (part !== 'may') throw notAskable(part, member.id);
    if (await this.ports.requests.isLinked(member.tenantId, user.id, id))
      throw notAskable('linked', member.id);
  }

  private becauseOne({ id, tenantId }: Connection, actor: Actor, { member }: Person): Happening {
    const what = { type: 'member.link_requested', tenantId, at: this.ports.clock.now() } as const;
    return { ...what, actor, subject: member.id, data: { connectionId: id } };
  }

  private becauseMany({ id: subject, tenantId }: Connection, actor: Actor): Happening {
    return { type: 'members.link_requested', tenantId, at: this.ports.clock.now(), actor, subject };
  }
}

interface Asking {
  readonly tenant: Tenant;
  readonly connection: AskingConnection;
}

function isOn(connection: Connection): connection is AskingConnection {
  return connection.enabledAt !== undefined && connection.idp !== undefined;
}
