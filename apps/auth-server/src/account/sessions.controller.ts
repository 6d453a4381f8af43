import {
  describeDevice,
  isProvenByPerson,
  sessionId,
  Sessions,
  SsoError,
  type SessionId,
  type SessionView,
} from '@gatehouse/core';
import { Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idPipe } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { renderSessions } from '../pages/account/sessions-page';
import { readerOf } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { sendPage } from '../login/send-page';
import { wordOf } from './word-of';

const page = '/account/sessions';
const SessionIdPipe = idPipe(sessionId);

/** Where a person is signed in, and how it is ended (SES-3): in every organisation, to who proved to be that person. */
@ApiExcludeController()
@Controller('account/sessions')
export class AccountSessionsController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  async show(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    const reader = readerOf(request);
    const word = wordOf(reader, query);
    const onlyOf = isProvenByPerson(view.session) ? {} : { onlyOf: view.tenant.name };
    await sendPage(
      reply,
      renderSessions(reader, await this.ownOf(view), { ...(word && { word }), ...onlyOf }),
    );
  }

  /** Leads to the proof that shows all of them. */
  @Post()
  @UseGuards(SameOriginGuard)
  async prove(@Res() reply: FastifyReply): Promise<void> {
    await this.visitors.sendToProof(reply, page);
  }

  @Post(':id/end')
  @UseGuards(SameOriginGuard)
  async end(
    @Param('id', SessionIdPipe) id: SessionId,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    await this.endUnlessGone(view, id, request.ip);
    await reply.redirect(`${page}?done=ended`, 303);
  }

  @Post('end-others')
  @UseGuards(SameOriginGuard)
  async endOthers(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    await this.sessions.endOthersAnywhere(view.session, request.ip);
    await reply.redirect(`${page}?done=othersEnded`, 303);
  }

  private async ownOf({ session }: SessionView) {
    const own = await this.sessions.listOwnAnywhere(session);
    return own.map((each) => {
      const device = describeDevice(each.session.userAgent);
      return {
        session: each.session,
        organisation: each.tenant.name,
        ...(device === undefined ? {} : { device }),
        isThis: each.session.id === session.id,
      };
    });
  }

  // Two clicks, or another browser that was quicker: what was wanted is so.
  private async endUnlessGone({ session }: SessionView, id: SessionId, address: string): Promise<void> {
    try {
      await this.sessions.endOwnAnywhere(session, id, address);
    } catch (error) {
      if (!(error instanceof SsoError && error.code === 'not_found')) throw error;
    }
  }
}
