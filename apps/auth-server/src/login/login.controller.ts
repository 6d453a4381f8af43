import {
  ConnectionStore,
  Discovery,
  parseEmail,
  Protocols,
  SsoError,
  type Connection,
  type TenantId,
} from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import { HintedLogins } from '../issuer/hinted-login';
import { Interactions, type Interaction } from '../issuer/interactions';
import { WaitingArrivals } from '../issuer/waiting-arrivals';
import { renderEmailPage } from '../pages/login/email-page';
import { renderNothingToDo } from '../pages/login/nothing-page';
import { renderPasswordPage } from '../pages/login/password-page';
import { readerOf } from '../pages/reader';
import { readBrowserKey } from './browser-key';
import { cookiesBlocked } from './cookies-blocked';
import { SameOriginGuard } from './same-origin.guard';
import { SendToIdp } from './send-to-idp';

const showQuery = z.object({ interaction: z.string().max(64).optional().catch(undefined) });
const emailForm = z.object({ email: z.string().max(320), way: z.literal('password').optional() });

/** The e-mail-first page to which the issuer sends whoever has no session yet (LOG-1). */
@ApiExcludeController()
@Controller('login')
export class LoginController {
  constructor(
    private readonly interactions: Interactions,
    private readonly discovery: Discovery,
    private readonly hinted: HintedLogins,
    private readonly connections: ConnectionStore,
    private readonly sendToIdp: SendToIdp,
    private readonly arrivals: WaitingArrivals,
    private readonly protocols: Protocols,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async show(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.interactions.details(request.raw, reply.raw);
    if (!interaction) return this.showNothing(parse(showQuery, query).interaction, reply);
    const { applicationName: application, hints } = interaction;
    const hinted = await this.hinted.find(hints);
    if (hinted.kind === 'tenant') {
      const connection = hinted.connection ?? (await this.primaryOf(hinted.tenantId));
      return this.showConnection(request, reply, refuseDisabled(connection), interaction);
    }
    const shown = { application, email: hints.email };
    const reader = readerOf(request);
    if (!hinted.degraded) return page(reply, renderEmailPage(reader, shown));
    return page(reply, renderPasswordPage(reader, { ...shown, because: 'degraded' }));
  }

  /** The address names a sign-in that waits, and no cookie of it came: the browser keeps none (LOG-10). */
  private async showNothing(uid: string | undefined, reply: FastifyReply): Promise<void> {
    if (uid === undefined || !(await this.interactions.isWaiting(uid)))
      return page(reply, renderNothingToDo(readerOf(reply.request)));
    throw cookiesBlocked();
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async next(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.interactions.details(request.raw, reply.raw);
    if (!interaction) return page(reply, renderNothingToDo(readerOf(reply.request)));
    const application = interaction.applicationName;
    const reader = readerOf(request);
    const { email: typed, way } = parse(emailForm, body);
    if (way === 'password') return page(reply, renderPasswordPage(reader, { application, email: typed }));
    const email = readAddress(typed);
    if (email === undefined) {
      const problem = { field: 'email', text: reader.texts.login.emailIncomplete };
      return page(reply.status(422), renderEmailPage(reader, { application, email: typed, problem }));
    }
    const outcome = await this.discovery.byEmail(email);
    if (outcome.kind === 'sso') return this.leave(request, reply, outcome.connection, interaction);
    const isDegraded = outcome.kind === 'password' && outcome.degraded;
    const because = outcome.kind === 'closed' ? 'closed' : isDegraded ? 'degraded' : undefined;
    return page(reply, renderPasswordPage(reader, { application, email, because }));
  }

  /** The same answer for every address and password: no account here has a password yet. */
  @Post('password')
  @UseGuards(SameOriginGuard)
  async password(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.interactions.details(request.raw, reply.raw);
    if (!interaction) return page(reply.status(200), renderNothingToDo(readerOf(reply.request)));
    const reader = readerOf(request);
    const problem = { field: 'password', text: reader.texts.login.wrong };
    const shown = { application: interaction.applicationName, email: parse(emailForm, body).email };
    return page(reply.status(403), renderPasswordPage(reader, { ...shown, problem }));
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
    return page(reply, renderPasswordPage(readerOf(request), shown));
  }

  /** A sign-in of this connection that began at the identity provider is the answer already (SML-2, `accept`). */
  private async arriveOrLeave(
    request: FastifyRequest,
    reply: FastifyReply,
    connection: Connection,
    interaction: Interaction,
  ): Promise<void> {
    const browserKey = readBrowserKey(request, this.config);
    const arrived = await this.arrivals.take(browserKey, interaction.hints, connection);
    if (arrived?.sessionId === undefined) return this.leave(request, reply, connection, interaction);
    const answered = { sessionId: arrived.sessionId, interactionId: interaction.uid };
    const address = await this.interactions.finish(request.raw, reply.raw, answered);
    await reply.header('cache-control', 'no-store').redirect(address, 303);
  }

  private leave(request: FastifyRequest, reply: FastifyReply, connection: Connection, { uid }: Interaction) {
    return this.sendToIdp.send(request, reply, connection, { purpose: 'sign-in', interactionId: uid });
  }

  private async primaryOf(tenant: TenantId): Promise<Connection> {
    const connection = await this.connections.primary(tenant);
    if (connection) return connection;
    throw new SsoError('connection_disabled', 'This organisation has not switched single sign-on on.', {
      got: tenant,
    });
  }
}

function refuseDisabled(connection: Connection): Connection {
  if (connection.enabledAt) return connection;
  throw new SsoError('connection_disabled', 'The application named a connection that is not switched on.', {
    got: connection.id,
  });
}

function readAddress(typed: string): string | undefined {
  try {
    return parseEmail(typed);
  } catch {
    return undefined;
  }
}

async function page(reply: FastifyReply, markup: string): Promise<void> {
  await reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup);
}
