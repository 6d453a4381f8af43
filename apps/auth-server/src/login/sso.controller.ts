import { connectionId, ConnectionStore, SsoError, type Connection } from '@gatehouse/core';
import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { renderNothingToDo } from '../pages/login/nothing-page';
import { readerOf } from '../pages/reader';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';
import { SendToIdp } from './send-to-idp';
import { WaitingSignIn } from './waiting-sign-in';

const choiceForm = z.object({ connection: z.string().max(64) });

/** The buttons that lead to an identity provider (LOG-4, LOG-8). */
@ApiExcludeController()
@Controller('login/sso')
export class SsoController {
  constructor(
    private readonly waiting: WaitingSignIn,
    private readonly connections: ConnectionStore,
    private readonly sendToIdp: SendToIdp,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async leave(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const connection = await this.find(parse(choiceForm, body).connection);
    const interaction = await this.waiting.find(request, reply);
    const { texts } = readerOf(request);
    if (!interaction) return sendPage(reply, renderNothingToDo({ texts }));
    const start = { purpose: 'sign-in', interactionId: interaction.uid } as const;
    await this.sendToIdp.send(request, reply, connection, start);
  }

  private async find(id: string): Promise<Connection> {
    const connection = connectionId.is(id) ? await this.connections.findAnywhere(id) : undefined;
    if (connection) return connection;
    throw new SsoError('connection_disabled', 'There is no such connection any more. Start again.', {
      got: id,
    });
  }
}
