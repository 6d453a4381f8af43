import {
  Clock,
  ConnectionStore,
  Protocols,
  SamlKeys,
  serviceProvider,
  SingleLogout,
  type ConnectionId,
  type IdpEndpoint,
  type NameId,
  type Session,
} from '@gatehouse/core';
import { buildLogoutRequest, logoutEndpoint, postForm, redirectAddress } from '@gatehouse/saml';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import type { Departure } from '../http/departure';

/** A session with all that its identity provider needs to know to end its own. */
type NamedSession = Session & { readonly nameId: NameId; readonly connectionId: ConnectionId };

/** Tells the identity provider that somebody has signed out here (SML-11). */
@Injectable()
export class AskIdp {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly logout: SingleLogout,
    private readonly keys: SamlKeys,
    private readonly protocols: Protocols,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The way to the identity provider of a session that has ended here; from there the browser comes back and goes on to
   * `returnUrl`. Nothing where that identity provider knows no logout, or where its answer would find the door closed.
   */
  async depart(session: Session, returnUrl: string): Promise<Departure | undefined> {
    if (!isNamed(session)) return undefined;
    const connection = await this.connections.find(session.tenantId, session.connectionId);
    const endpoint = connection?.idp && logoutEndpoint(connection.idp);
    if (!connection || !endpoint) return undefined;
    if (!this.protocols.isOpen(connection.protocol)) return undefined;
    const actor = { kind: 'member', id: session.memberId } as const;
    const { requestId } = await this.logout.start(connection, session, returnUrl, actor);
    const own = serviceProvider(this.config.publicUrl, connection);
    return this.write(session, endpoint, { serviceProvider: own, id: requestId });
  }

  private async write(
    { nameId, sessionIndex }: NamedSession,
    endpoint: IdpEndpoint,
    request: Pick<Parameters<typeof buildLogoutRequest>[0], 'serviceProvider' | 'id'>,
  ): Promise<Departure> {
    const signer = await this.keys.signing();
    const now = this.clock.now();
    const message = buildLogoutRequest({ ...request, endpoint, nameId, sessionIndex, signer, now });
    return endpoint.binding === 'redirect'
      ? { binding: 'redirect', url: redirectAddress(message) }
      : { binding: 'post', form: postForm(message) };
  }
}

function isNamed(session: Session): session is NamedSession {
  return session.nameId !== undefined && session.connectionId !== undefined;
}
