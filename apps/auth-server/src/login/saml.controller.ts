import {
  AuditLog,
  Clock,
  CompleteLogin,
  CompleteUnsolicited,
  connectionId,
  ConnectionStore,
  SamlKeys,
  serviceProvider,
  SsoError,
  Trials,
  type Actor,
  type Candidate,
  type Connection,
} from '@gatehouse/core';
import {
  Body,
  Controller,
  Get,
  Header,
  Inject,
  Logger,
  Param,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { Visitor } from '../http/actor';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import { asRefusal } from '../http/problem';
import { stackOf } from '../http/problem.filter';
import { SamlOpenGuard } from './saml-open.guard';
import { claimedRequest, serviceProviderMetadata, verifyResponse } from '@gatehouse/saml';

const responseForm = z.object({
  SAMLResponse: z.string({ error: 'the form carries no SAMLResponse' }),
  RelayState: z.string().optional(),
});

/** The addresses that identity providers know: the assertion consumer service and our metadata (CON-4, CON-5). */
@ApiExcludeController()
@Controller('saml')
export class SamlController {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly completeLogin: CompleteLogin,
    private readonly completeUnsolicited: CompleteUnsolicited,
    private readonly trials: Trials,
    private readonly keys: SamlKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('acs/:id')
  @UseGuards(SamlOpenGuard)
  accept(
    @Param('id') id: string,
    @Body() body: unknown,
    @Visitor() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    return this.consume(id, body, actor, reply);
  }

  @Post('acs')
  @UseGuards(SamlOpenGuard)
  acceptByQuery(
    @Query('connection') id: unknown,
    @Body() body: unknown,
    @Visitor() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    return this.consume(id, body, actor, reply);
  }

  @Get('metadata/:id')
  @Header('content-type', 'application/samlmetadata+xml; charset=utf-8')
  async metadata(@Param('id') id: string): Promise<string> {
    const connection = await this.find(id);
    const own = serviceProvider(this.config.publicUrl, connection);
    return serviceProviderMetadata(connection, own, await this.keys.certificates());
  }

  /** The connection comes from the address, never from the message: several tenants may share one issuer. */
  private async consume(id: unknown, body: unknown, actor: Actor, reply: FastifyReply): Promise<void> {
    const connection = await this.find(id);
    try {
      const address = await this.signIn(connection, parse(responseForm, body), actor);
      await reply.header('cache-control', 'no-store').redirect(address, 303);
    } catch (thrown) {
      const refusal = await this.explain(connection, body, asRefusal(thrown), actor);
      await this.record(connection, refusal, actor, reply.request.id).catch(logLoss);
      throw refusal;
    }
  }

  /** Only while a version is pending can an answer be to a test of it: nobody else's sign-in reads it twice. */
  private async candidate(connection: Connection, samlResponse: string): Promise<Candidate> {
    if (connection.pendingVersion === undefined) return { connection };
    return this.trials.candidateFor(connection, claimedRequest(samlResponse));
  }

  /** The address for the browser to come back to. */
  private async signIn(
    serving: Connection,
    { SAMLResponse: samlResponse, RelayState: relayState }: z.output<typeof responseForm>,
    actor: Actor,
  ): Promise<string> {
    const decryptionKeys = await this.keys.decryption();
    const now = this.clock.now();
    const own = serviceProvider(this.config.publicUrl, serving);
    const { connection, version } = await this.candidate(serving, samlResponse);
    const verified = verifyResponse({ samlResponse, connection, serviceProvider: own, now, decryptionKeys });
    const identity = { ...verified, ...(version !== undefined && { version }) };
    const { inResponseTo } = identity;
    if (inResponseTo === undefined) {
      const arrived = await this.completeUnsolicited.complete(connection, { identity, relayState }, actor);
      return `${this.config.publicUrl}/login/arrived?ticket=${arrived}`;
    }
    const { ticket } = await this.completeLogin.complete(connection, { ...identity, inResponseTo }, actor);
    return `${this.config.publicUrl}/login/finish?ticket=${ticket}`;
  }

  /** Where the answer was to a test, its version remembers how it failed. */
  private async explain(connection: Connection, body: unknown, refusal: SsoError, actor: Actor) {
    const form = responseForm.safeParse(body);
    if (!form.success) return refusal;
    const request = claimedRequest(form.data.SAMLResponse);
    return this.trials.noteRefusal(connection, request, refusal, actor).catch(() => refusal);
  }

  private async find(id: unknown): Promise<Connection> {
    // An address that was cut short or mistyped is an unknown one: whoever comes can only be told where to look.
    const connection = connectionId.is(id) ? await this.connections.findAnywhere(id) : undefined;
    if (connection) return connection;
    throw new SsoError(
      'connection_unknown',
      'No connection has this address. Copy the ACS URL again from the settings of the connection.',
      { want: 'the ID of a connection, in the path or as ?connection=', got: id ?? 'none' },
    );
  }

  /** The reference is the one on the person's page, so that the IT admin finds the row by it (LOG-9). */
  private record(connection: Connection, refusal: SsoError, actor: Actor, reference: string): Promise<void> {
    const { tenantId, id: subject } = connection;
    const data = { reference, code: refusal.code, want: refusal.details.want, got: refusal.details.got };
    return this.audit.record({
      type: 'sign_in.refused',
      tenantId,
      at: this.clock.now(),
      actor,
      subject,
      data,
    });
  }
}

const logger = new Logger('audit');

/** A refusal stays a refusal when it cannot be written down. */
function logLoss(cause: unknown): void {
  logger.error(`A refused sign-in could not be recorded. ${stackOf(cause)}`);
}
