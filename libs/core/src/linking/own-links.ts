import type { Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { Protocols } from '../connections/protocols';
import { requireFullProof } from '../credentials/fresh-proof';
import type { SecondFactors } from '../credentials/second-factors';
import { decideAccess } from '../enforcement/decide-access';
import type { Membership, Memberships } from '../members/memberships';
import { isProvenByPerson } from '../sessions/session';
import type { SessionView } from '../sessions/session-store';
import type { Clock } from '../shared/clock';
import { connectionId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { LinkStore } from './link-store';

/** A sign-in that opens somebody's account, or could. */
export interface OwnLink {
  readonly organisation: string;
  readonly connection: Pick<Connection, 'id' | 'label'>;
  /** Absent while it is not connected. */
  readonly since?: Date;
}

/** What a person's own links are read from, by name. */
export interface OwnLinkPorts {
  readonly memberships: Memberships;
  readonly connections: ConnectionStore;
  readonly links: LinkStore;
  readonly factors: SecondFactors;
  readonly protocols: Protocols;
  readonly clock: Clock;
}

/** By which sign-ins a person's account opens, and by which it could: for the person alone. */
export class OwnLinks {
  constructor(private readonly ports: OwnLinkPorts) {}

  /** Of all organisations only for who is signed in by the account's own credentials: no organisation learns of another. */
  async list(view: SessionView): Promise<readonly OwnLink[]> {
    const lists = (await this.organisationsOf(view)).map((membership) => this.listOf(membership));
    return (await Promise.all(lists)).flat();
  }

  /**
   * The connection that this person, signed in just now by all that the account is protected by, may begin to link to.
   * Throws `proof_stale`, and `not_found` for any other.
   */
  async require(view: SessionView, id: string): Promise<{ readonly connection: Connection } & Membership> {
    const { factors, clock, connections } = this.ports;
    const enrolled = await factors.enrolled(view.user.id);
    requireFullProof(view.user.id, view.session, enrolled, clock.now());
    const connection = connectionId.is(id) ? await connections.findAnywhere(id) : undefined;
    const organisations = connection ? await this.organisationsOf(view) : [];
    const membership = organisations.find(({ tenant }) => tenant.id === connection?.tenantId);
    if (connection && membership && this.canConnect(connection, membership))
      return { connection, ...membership };
    throw new SsoError('not_found', 'There is no such sign-in that you could connect your account to.', {
      want: 'a connection that is on, of an organisation that you belong to',
      got: id,
    });
  }

  private async organisationsOf({
    user,
    tenant: here,
    session,
  }: SessionView): Promise<readonly Membership[]> {
    const own = await this.ports.memberships.ofUserAnywhere(user.id);
    const standing = own.filter(({ tenant, member }) => !tenant.suspendedAt && !member.suspendedAt);
    return isProvenByPerson(session) ? standing : standing.filter(({ tenant }) => tenant.id === here.id);
  }

  private async listOf(membership: Membership): Promise<readonly OwnLink[]> {
    const { tenant, member } = membership;
    const [connections, links] = await Promise.all([
      this.ports.connections.list(tenant.id),
      this.ports.links.ofUser(tenant.id, member.userId),
    ]);
    return connections.flatMap((connection): readonly OwnLink[] => {
      const about = { organisation: tenant.name, connection };
      const link = links.find((each) => each.connectionId === connection.id);
      if (link) return [{ ...about, since: link.createdAt }];
      return this.canConnect(connection, membership) ? [about] : [];
    });
  }

  private canConnect({ protocol, enabledAt }: Connection, { tenant, member }: Membership): boolean {
    const now = this.ports.clock.now();
    const isOpen = enabledAt !== undefined && this.ports.protocols.isOpen(protocol);
    return isOpen && decideAccess({ tenant, member, method: 'sso', now }).allowed;
  }
}
