import {
  Applications,
  ArrivalStore,
  Chance,
  chooseApplication,
  Clock,
  ConnectionStore,
  hashToken,
  initiateLoginUrl,
  SsoError,
  type Arrival,
  type Connection,
} from '@gatehouse/core';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import { renderArrivedNowhere, renderChooseApplication } from '../pages/arrival-page';
import { readerOf } from '../pages/reader';
import { keepBrowserKey } from './browser-key';

const arrivedQuery = z.object({ ticket: z.string().max(64) });

/** Where a browser comes to that an identity provider sent without being asked: a same-site GET, so its cookies come along. */
@ApiExcludeController()
@Controller('login')
export class ArrivalController {
  constructor(
    private readonly arrivals: ArrivalStore,
    private readonly connections: ConnectionStore,
    private readonly applications: Applications,
    private readonly clock: Clock,
    private readonly chance: Chance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('arrived')
  async arrived(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { ticket } = parse(arrivedQuery, query);
    const key = keepBrowserKey(request, reply, this.config, this.chance);
    const arrival = await this.bind(ticket, key);
    const connection = await this.connections.find(arrival.tenantId, arrival.connectionId);
    if (!connection) throw new SsoError('not_found', 'The connection of this sign-in is gone.');
    reply.header('cache-control', 'no-store');
    await this.goOn(reply, connection, arrival);
  }

  private async bind(ticket: string, key: string): Promise<Arrival> {
    const bound = await this.arrivals.bindAnywhere(hashToken(ticket), hashToken(key), this.clock.now());
    if (bound === 'other-browser')
      throw new SsoError(
        'flow_other_browser',
        'This sign-in was taken up in another browser. Start it again here.',
      );
    if (bound === 'unknown')
      throw new SsoError('flow_unknown', 'This sign-in was finished already or took too long. Start again.');
    return bound;
  }

  // OpenID Connect Core 4: the application is asked to begin, at the address that was registered and no other.
  private async goOn(reply: FastifyReply, connection: Connection, { applicationId }: Arrival): Promise<void> {
    const known = await this.applications.list();
    const choice = chooseApplication(known, connection.settings, applicationId);
    const asked = { issuer: `${this.config.publicUrl}/oidc`, connection: connection.id };
    if (choice.kind === 'one')
      return void (await reply.redirect(initiateLoginUrl(choice.application, asked), 303));
    reply.type('text/html; charset=utf-8');
    const { texts } = readerOf(reply.request);
    const reader = { texts };
    if (choice.kind === 'none')
      return void (await reply.send(renderArrivedNowhere(reader, connection.label)));
    const links = choice.applications.map((application) => ({
      name: application.name,
      url: initiateLoginUrl(application, asked),
    }));
    await reply.send(renderChooseApplication(reader, connection.label, links));
  }
}
