import {
  Clock,
  CompleteLogin,
  CompleteUnsolicited,
  SamlKeys,
  serviceProvider,
  SsoError,
  Trials,
  type Actor,
  type AttemptEnd,
  type Candidate,
  type Connection,
  type SignInAttempt,
} from '@gatehouse/core';
import {
  Body,
  Controller,
  Get,
  Header,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { Visitor } from '../http/actor';
import { AddressedConnections } from '../hosts/addressed-connections';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import { asRefusal } from '../http/problem';
import { SamlOpenGuard } from './saml-open.guard';
import { SignInAttempts } from './sign-in-attempts';
import { claimedRequest, ResponseWatch, serviceProviderMetadata, verifyResponse } from '@gatehouse/saml';

const responseForm = z.object({
  SAMLResponse: z.string({ error: 'the form carries no SAMLResponse' }),
  RelayState: z.string().optional(),
});

/** The addresses that identity providers know: the assertion consumer service and our metadata (CON-4, CON-5). */
@ApiExcludeController()
@Controller('saml')
export class SamlController {
  constructor(
    private readonly addressed: AddressedConnections,
    private readonly completeLogin: CompleteLogin,
    private readonly completeUnsolicited: CompleteUnsolicited,
    private readonly trials: Trials,
    private readonly keys: SamlKeys,
    private readonly attempts: SignInAttempts,
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
  async metadata(@Param('id') id: string, @Req() request: FastifyRequest): Promise<string> {
    const connection = await this.find(id, request);
    const own = serviceProvider(this.config.publicUrl, connection);
    return serviceProviderMetadata(connection, own, await this.keys.certificates());
  }

  /** The connection comes from the address, never from the message: several tenants may share one issuer. */
  private async consume(id: unknown, body: unknown, actor: Actor, reply: FastifyReply): Promise<void> {
    const connection = await this.find(id, reply.request);
    const attempt = this.attempts.begin(connection, reply.request);
    try {
      const form = attempt.checks.run('encoding', () => parse(responseForm, body));
      const { address, end } = await this.signIn(connection, form, attempt, actor);
      await reply.header('cache-control', 'no-store').redirect(address, 303);
      // The browser is on its way: nobody waits for the trace.
      await this.attempts.accepted(attempt, end);
    } catch (thrown) {
      const refusal = await this.explain(connection, body, asRefusal(thrown), actor);
      await this.attempts.refused(attempt, refusal, actor);
      throw await this.attempts.named(connection, refusal);
    }
  }

  /** Only while a version is pending can an answer be to a test of it: nobody else's sign-in reads it twice. */
  private async candidate(connection: Connection, samlResponse: string): Promise<Candidate> {
    if (connection.pendingVersion === undefined) return { connection };
    return this.trials.candidateFor(connection, claimedRequest(samlResponse));
  }

  /** The address for the browser to come back to, and how the attempt ended. */
  private async signIn(
    serving: Connection,
    { SAMLResponse: samlResponse, RelayState: relayState }: z.output<typeof responseForm>,
    attempt: SignInAttempt,
    actor: Actor,
  ): Promise<{ address: string; end: AttemptEnd }> {
    const { connection, version } = await this.candidate(serving, samlResponse);
    const verified = await this.verify(connection, samlResponse, attempt);
    const { userAgent } = attempt;
    const identity = {
      ...verified,
      ...(version !== undefined && { version }),
      ...(userAgent !== undefined && { userAgent }),
    };
    const { inResponseTo } = identity;
    const { publicUrl } = this.config;
    if (inResponseTo === undefined) {
      const answer = { identity, relayState };
      const arrived = await this.completeUnsolicited.complete(connection, answer, actor, attempt.checks);
      const { kind: outcome, ticket } = arrived;
      return { address: `${publicUrl}/login/arrived?ticket=${ticket}`, end: { outcome } };
    }
    const answer = { ...identity, inResponseTo };
    const completed = await this.completeLogin.complete(connection, answer, actor, attempt.checks);
    const { kind: outcome, purpose, ticket } = completed;
    return { address: `${publicUrl}/login/finish?ticket=${ticket}`, end: { outcome, purpose } };
  }

  /** What can be told of the answer goes into the attempt, however its verification ends. */
  private async verify(connection: Connection, samlResponse: string, attempt: SignInAttempt) {
    const decryptionKeys = await this.keys.decryption();
    const now = this.clock.now();
    const own = serviceProvider(this.config.publicUrl, connection);
    const watch = new ResponseWatch(attempt.checks);
    const request = { samlResponse, connection, serviceProvider: own, now, decryptionKeys, watch };
    try {
      return verifyResponse(request);
    } finally {
      this.attempts.describe(attempt, () => watch.describe(samlResponse, connection.settings));
    }
  }

  /** Where the answer was to a test, its version remembers how it failed. */
  private async explain(connection: Connection, body: unknown, refusal: SsoError, actor: Actor) {
    const form = responseForm.safeParse(body);
    if (!form.success) return refusal;
    const request = claimedRequest(form.data.SAMLResponse);
    return this.trials.noteRefusal(connection, request, refusal, actor).catch(() => refusal);
  }

  private async find(id: unknown, request: FastifyRequest): Promise<Connection> {
    const connection = await this.addressed.find(id, request);
    if (connection) return connection;
    throw new SsoError(
      'connection_unknown',
      'No connection has this address. Copy the ACS URL again from the settings of the connection.',
      { want: 'the ID of a connection, in the path or as ?connection=', got: id ?? 'none' },
    );
  }
}
