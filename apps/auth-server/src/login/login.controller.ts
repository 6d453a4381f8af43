import {
  ConnectionStore,
  connectionId,
  Discovery,
  emailDomain,
  parseEmail,
  SsoError,
  Tenants,
  type Connection,
} from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { Interactions, type Interaction } from '../issuer/interactions';
import { renderLoginPage, renderNothingToDo } from '../pages/login-page';
import { SameOriginGuard } from './same-origin.guard';
import { SendToIdp } from './send-to-idp';

const emailForm = z.object({ email: z.string().max(320) });

/** The e-mail-first page to which the issuer sends whoever has no session yet (LOG-1). */
@ApiExcludeController()
@Controller('login')
export class LoginController {
  constructor(
    private readonly interactions: Interactions,
    private readonly discovery: Discovery,
    private readonly tenants: Tenants,
    private readonly connections: ConnectionStore,
    private readonly sendToIdp: SendToIdp,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const interaction = await this.interactions.details(request.raw, reply.raw);
    if (!interaction) return page(reply, renderNothingToDo());
    const hinted = await this.hintedConnection(interaction);
    if (hinted) return this.leave(request, reply, hinted, interaction);
    const { applicationName: application, hints } = interaction;
    return page(reply, renderLoginPage({ application, showPassword: false, ...email(hints.email) }));
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
    if (!interaction) return page(reply, renderNothingToDo());
    const application = interaction.applicationName;
    const { email: typed } = parse(emailForm, body);
    const address = readAddress(typed);
    if (address === undefined)
      return page(
        reply.status(422),
        renderLoginPage({
          application,
          email: typed,
          showPassword: false,
          problem: 'Type a whole e-mail address.',
        }),
      );
    const outcome = await this.discovery.byEmail(address);
    if (outcome.kind === 'sso') return this.leave(request, reply, outcome.connection, interaction);
    const { degraded } = outcome;
    return page(reply, renderLoginPage({ application, email: address, showPassword: true, degraded }));
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
    if (!interaction) return page(reply.status(200), renderNothingToDo());
    const problem =
      'E-mail or password is not right. If your company uses single sign-on, go back and use that e-mail.';
    const shown = { application: interaction.applicationName, email: parse(emailForm, body).email };
    return page(reply.status(403), renderLoginPage({ ...shown, showPassword: true, problem }));
  }

  private leave(request: FastifyRequest, reply: FastifyReply, connection: Connection, { uid }: Interaction) {
    return this.sendToIdp.send(request, reply, connection, { purpose: 'sign-in', interactionId: uid });
  }

  /** APP-2: the application may name the connection, the tenant, the domain or the e-mail. */
  private async hintedConnection({ hints }: Interaction): Promise<Connection | undefined> {
    if (hints.connection !== undefined) return this.enabledConnection(hints.connection);
    if (hints.tenant !== undefined) return this.primaryOf(hints.tenant);
    const address = hints.domain === undefined ? readAddress(hints.email ?? '') : `@${hints.domain}`;
    if (address === undefined || emailDomain(address) === '') return undefined;
    const outcome = await this.discovery.byEmail(address);
    return outcome.kind === 'sso' ? outcome.connection : undefined;
  }

  private async enabledConnection(id: string): Promise<Connection> {
    const connection = await this.connections.findAnywhere(connectionId.parse(id));
    if (connection?.enabledAt) return connection;
    throw new SsoError('connection_disabled', 'The application named a connection that is not switched on.', {
      got: id,
    });
  }

  private async primaryOf(name: string): Promise<Connection> {
    const tenant = await this.tenants.get(name);
    const connection = await this.connections.primary(tenant.id);
    if (connection) return connection;
    throw new SsoError('connection_disabled', 'This organisation has not switched single sign-on on.', {
      got: name,
    });
  }
}

function readAddress(typed: string): string | undefined {
  try {
    return parseEmail(typed);
  } catch {
    return undefined;
  }
}

function email(address: string | undefined) {
  return address === undefined ? {} : { email: address };
}

async function page(reply: FastifyReply, markup: string): Promise<void> {
  await reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(markup);
}
