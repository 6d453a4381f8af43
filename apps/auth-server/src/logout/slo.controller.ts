import { refuseDraft, SsoError, type Actor } from '@gatehouse/core';
import { readPostedForm, readRedirectQuery, type IncomingMessage } from '@gatehouse/saml';
import { Body, Controller, Get, HttpCode, Logger, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AddressedConnections } from '../hosts/addressed-connections';
import { Visitor } from '../http/actor';
import { parse } from '../http/parse';
import { asRefusal } from '../http/problem';
import { stackOf } from '../http/problem.filter';
import { SamlOpenGuard } from '../login/saml-open.guard';
import { renderSignedOut } from '../pages/signed-out-page';
import { renderPostPage } from '../pages/post-page';
import { readerOf } from '../pages/reader';
import { AnswerLogout, type Described } from './answer-logout';
import type { Departure } from '../http/departure';
import { letIdpFrame } from './let-idp-frame';

const field = z.string().optional();
const logoutForm = z.object({ SAMLRequest: field, SAMLResponse: field, RelayState: field });
const logger = new Logger('logout');

/** Where logout messages come, through the browser but without any cookie of ours: often in a frame of another site. */
@ApiExcludeController()
@Controller('saml/slo')
@UseGuards(SamlOpenGuard)
export class SloController {
  constructor(
    private readonly addressed: AddressedConnections,
    private readonly answerLogout: AnswerLogout,
  ) {}

  // The query is read from the address as it came: decoded and encoded anew, its signature would not fit.
  @Get(':id')
  byRedirect(
    @Param('id') id: string,
    @Req() { raw: { url = '' } }: FastifyRequest,
    @Visitor() actor: Actor,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, ...query] = url.split('?');
    return this.take(id, () => readRedirectQuery(query.join('?')), actor, reply);
  }

  @Post(':id')
  @HttpCode(200)
  byPost(
    @Param('id') id: string,
    @Body() body: unknown,
    @Visitor() actor: Actor,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.take(id, () => readPostedForm(parse(logoutForm, body)), actor, reply);
  }

  private async take(
    id: string,
    read: () => IncomingMessage,
    actor: Actor,
    reply: FastifyReply,
  ): Promise<void> {
    const connection = await this.find(id, reply.request);
    reply.header('cache-control', 'no-store');
    try {
      const message = read();
      if (message.kind === 'SAMLRequest')
        return await leave(reply, connection, await this.answerLogout.answer(connection, message, actor));
      await reply.redirect(await this.answerLogout.finish(connection, message, actor), 303);
    } catch (thrown) {
      const recorded = this.answerLogout.record(connection, asRefusal(thrown), actor, reply.request.id);
      await recorded.catch((cause: unknown) => logger.error(stackOf(cause)));
      throw thrown;
    }
  }

  /** The connection comes from the address, never from the message. A disabled one still ends its sessions. */
  private async find(id: string, request: FastifyRequest): Promise<Described> {
    const connection = await this.addressed.find(id, request);
    if (!connection)
      throw new SsoError(
        'connection_unknown',
        'No connection has this address. Copy the logout URL again from the settings of the connection.',
        { want: 'the ID of a connection', got: id.slice(0, 64) },
      );
    refuseDraft(connection);
    return connection;
  }
}

async function leave(
  reply: FastifyReply,
  connection: Described,
  departure: Departure | undefined,
): Promise<void> {
  if (departure?.binding === 'redirect') return void (await reply.redirect(departure.url, 303));
  letIdpFrame(reply, connection.idp);
  reply.type('text/html; charset=utf-8');
  const { texts } = readerOf(reply.request);
  if (!departure) return void (await reply.send(renderSignedOut({ texts })));
  await reply.send(renderPostPage({ texts }, texts.interlude.backFromSignOut, departure.form));
}
