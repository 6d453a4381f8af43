import { errorCatalogue, isProvenByPerson, OwnLinks, SsoError, type SessionView } from '@gatehouse/core';
import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { errorStatus } from '../http/error-status';
import { parse } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { SendToIdp } from '../login/send-to-idp';
import type { AccountWord } from '../pages/account/account-page';
import { renderConnections } from '../pages/account/connections-page';
import { readerOf } from '../pages/reader';
import { AccountVisitors } from './account-visitors';

const page = '/account/connections';
const connectForm = z.object({ connection: z.string().max(64) });

/** By which sign-ins an account opens, and how its person connects another: owners in no other way (LNK-3). */
@ApiExcludeController()
@Controller('account/connections')
export class AccountConnectionsController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly links: OwnLinks,
    private readonly sendToIdp: SendToIdp,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (view) await this.list(view, request, reply);
  }

  /** Leads to the proof that shows those of every organisation. */
  @Post()
  @UseGuards(SameOriginGuard)
  async prove(@Res() reply: FastifyReply): Promise<void> {
    await this.visitors.sendToProof(reply, page);
  }

  @Get('connect')
  async again(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(page, 303);
  }

  /** To the identity provider, for who has just shown by the account's own credentials whose it is. */
  @Post('connect')
  @UseGuards(SameOriginGuard)
  async connect(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { connection: id } = parse(connectForm, body);
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    try {
      const { connection, member } = await this.links.require(view, id);
      const link = { memberId: member.id };
      await this.sendToIdp.send(request, reply, connection, { purpose: 'link', link });
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      if (error.code === 'proof_stale') return this.visitors.sendToProof(reply, page);
      const text = readerOf(request).texts.messages[errorCatalogue[error.code].text](view.tenant.name);
      await this.list(view, request, reply.status(errorStatus(error.code)), { kind: 'problem', text });
    }
  }

  private async list(
    view: SessionView,
    request: FastifyRequest,
    reply: FastifyReply,
    word?: AccountWord,
  ): Promise<void> {
    const links = await this.links.list(view);
    const onlyOf = isProvenByPerson(view.session) ? undefined : view.tenant.name;
    await sendPage(reply, renderConnections(readerOf(request), links, { onlyOf, word }));
  }
}
