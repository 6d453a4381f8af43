import {
  ConnectionStore,
  Protocols,
  SsoError,
  Tenants,
  type Connection,
  type TenantId,
} from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { HintedLogins } from '../issuer/hinted-login';
import { Interactions, type Interaction } from '../issuer/interactions';
import { WaitingArrivals } from '../issuer/waiting-arrivals';
import { renderEmailPage } from '../pages/login/email-page';
import { renderPasswordPage } from '../pages/login/password-page';
import { readerOf } from '../pages/reader';
import { readBrowserKey } from './browser-key';
import { sendPage } from './send-page';
import { SendToIdp } from './send-to-idp';

/** Answers what an application asked for by what it said of who should sign in (APP-2). */
@Injectable()
export class FollowHints {
  constructor(
    private readonly interactions: Interactions,
    private readonly hinted: HintedLogins,
    private readonly connections: ConnectionStore,
    private readonly tenants: Tenants,
    private readonly sendToIdp: SendToIdp,
    private readonly arrivals: WaitingArrivals,
    private readonly protocols: Protocols,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async answer(request: FastifyRequest, reply: FastifyReply, interaction: Interaction): Promise<void> {
    const { applicationName: application, hints, tenantPage } = interaction;
    const hinted = await this.hinted.find(hints);
    const shown = { application, email: hints.email };
    if (hinted.kind === 'tenant') {
      const connection = hinted.connection ?? (await this.connections.primary(hinted.tenantId));
      if (!connection || tenantPage) return this.showTenant(reply, hinted.tenantId, interaction);
      return this.showConnection(request, reply, refuseDisabled(connection), interaction);
    }
    const reader = readerOf(request);
    const because = hinted.degraded ? 'degraded' : undefined;
    // Where the address has been asked for already, the page that asks for it would find nothing else.
    const hasAsked = hinted.degraded || hinted.asked !== undefined;
    const markup = hasAsked
      ? renderPasswordPage(reader, { ...shown, because })
      : renderEmailPage(reader, shown);
    await sendPage(reply, markup);
  }

  /** Where several ways lead in, or none by single sign-on, the organisation's own page has them (LOG-4). */
  private async showTenant(
    reply: FastifyReply,
    id: TenantId,
    { uid, tenantPage }: Interaction,
  ): Promise<void> {
    const { slug } = await this.tenants.get(id);
    const page = tenantPage === 'owner-access' ? 'login/owner' : 'login';
    const address = `${this.config.publicUrl}/t/${slug}/${page}?interaction=${uid}`;
    await reply.header('cache-control', 'no-store').redirect(address, 303);
  }

  /** Leads to the identity provider, unless the operator closed that way: then a password is asked for (CON-20). */
  private async showConnection(
    request: FastifyRequest,
    reply: FastifyReply,
    connection: Connection,
    interaction: Interaction,
  ): Promise<void> {
    if (this.protocols.isOpen(connection.protocol))
      return this.arriveOrLeave(request, reply, connection, interaction);
    const { applicationName: application, hints } = interaction;
    const shown = { application, email: hints.email, because: 'closed' } as const;
    await sendPage(reply, renderPasswordPage(readerOf(request), shown));
  }

  /** A sign-in of this connection that began at the identity provider is the answer already (SML-2, `accept`). */
  private async arriveOrLeave(
    request: FastifyRequest,
    reply: FastifyReply,
    connection: Connection,
    { uid, hints }: Interaction,
  ): Promise<void> {
    const browserKey = readBrowserKey(request, this.config);
    const arrived = await this.arrivals.take(browserKey, hints, connection);
    const start = { purpose: 'sign-in', interactionId: uid } as const;
    if (arrived?.sessionId === undefined) return this.sendToIdp.send(request, reply, connection, start);
    const answered = { sessionId: arrived.sessionId, interactionId: uid };
    const address = await this.interactions.finish(request.raw, reply.raw, answered);
    await reply.header('cache-control', 'no-store').redirect(address, 303);
  }
}

function refuseDisabled(connection: Connection): Connection {
  if (connection.enabledAt) return connection;
  throw new SsoError('connection_disabled', 'The application named a connection that is not switched on.', {
    got: connection.id,
  });
}
