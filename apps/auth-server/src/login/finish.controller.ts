import {
  Clock,
  ConnectionStore,
  ConnectionTests,
  hashToken,
  LoginFlowStore,
  PendingLinks,
  SsoError,
  type FinishedFlow,
  type LoginFlow,
} from '@gatehouse/core';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { TestLinks } from '../connections/test-link';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import { Interactions } from '../issuer/interactions';
import { readerOf } from '../pages/reader';
import { renderTestPassed } from '../pages/test-page';
import { readBrowserKey } from './browser-key';
import { cookiesBlocked } from './cookies-blocked';
import { LinkVisitors } from './link-visitors';
import { SendToIdp } from './send-to-idp';

const finishQuery = z.object({ ticket: z.string().max(64) });
const testQuery = z.object({ token: z.string().max(1024) });

/** Where a browser comes back to after its identity provider's answer: a same-site GET, so its cookies come along. */
@ApiExcludeController()
@Controller('login')
export class FinishController {
  constructor(
    private readonly flows: LoginFlowStore,
    private readonly connections: ConnectionStore,
    private readonly tests: ConnectionTests,
    private readonly interactions: Interactions,
    private readonly sendToIdp: SendToIdp,
    private readonly testLinks: TestLinks,
    private readonly pendingLinks: PendingLinks,
    private readonly visitors: LinkVisitors,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('finish')
  async finish(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { flow, sessionId } = await this.take(parse(finishQuery, query).ticket, request);
    reply.header('cache-control', 'no-store');
    if (flow.purpose === 'test') return this.showTest(flow, request, reply);
    if (sessionId === undefined) return this.goOnToLink(flow, request, reply);
    const answered = { sessionId, interactionId: flow.interactionId };
    await reply.redirect(await this.interactions.finish(request.raw, reply.raw, answered), 303);
  }

  private async showTest(flow: LoginFlow, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const connection = await this.connections.find(flow.tenantId, flow.connectionId);
    await reply
      .type('text/html; charset=utf-8')
      .send(renderTestPassed(readerOf(request), connection?.label ?? '', flow.version));
  }

  /** The page of its own can be opened again; this address cannot. */
  private async goOnToLink(flow: LoginFlow, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const visitor = await this.visitors.of(request, reply);
    const { pending } = await this.pendingLinks.arrive(flow.tenantId, flow.id, visitor);
    await reply.redirect(`/link/confirm/${pending.id}`, 303);
  }

  @Get('test')
  async test(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = this.testLinks.open(parse(testQuery, query).token, this.clock.now());
    const connection = await this.connections.find(link.tenant, link.connection);
    if (!connection) throw new SsoError('not_found', 'The connection of this test is gone.');
    const tried = await this.tests.candidate(connection, link.version);
    await this.sendToIdp.send(request, reply, tried.connection, { purpose: 'test', version: tried.version });
  }

  private async take(ticket: string, request: FastifyRequest): Promise<FinishedFlow> {
    const key = readBrowserKey(request, this.config);
    if (key === undefined) throw cookiesBlocked();
    const finished = await this.flows.finishAnywhere(hashToken(ticket), hashToken(key), this.clock.now());
    if (finished === 'other-browser')
      throw new SsoError(
        'flow_other_browser',
        'This sign-in was begun in another browser. Start it again here.',
      );
    if (finished === 'unknown')
      throw new SsoError('flow_unknown', 'This sign-in was finished already or took too long. Start again.');
    return finished;
  }
}
