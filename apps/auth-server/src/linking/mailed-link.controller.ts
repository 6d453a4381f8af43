import { MailedLinks, SsoError, type MailedLink } from '@gatehouse/core';
import { Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { SendToIdp } from '../login/send-to-idp';
import { renderLinkAsked, renderMailedLink, renderUnusableLink } from '../pages/linking/mailed-link-page';
import { readerOf } from '../pages/reader';

/** What the link of a mail opens (LNK-3): a GET shows, and only a POST does anything. */
@ApiExcludeController()
@Controller('link/:token')
export class MailedLinkController {
  constructor(
    private readonly links: MailedLinks,
    private readonly sendToIdp: SendToIdp,
  ) {}

  @Get()
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const mailed = await this.find(token, request, reply);
    if (!mailed) return;
    const { tenant, connection, request: asked } = mailed;
    const page = { token, organisation: tenant.name, connection: connection.label, email: asked.email };
    await sendPage(reply, renderMailedLink(readerOf(request), page));
  }

  /** Wanted once more or in another language: from the beginning, for a GET does nothing. */
  @Get('again')
  async back(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(`/link/${encodeURIComponent(token)}`, 303);
  }

  /** To the identity provider, from this browser: what comes of it is this browser's alone. */
  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async follow(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(await this.find(token, request, reply))) return;
    const { connection, request: asked } = await this.links.follow(token);
    const link = { memberId: asked.memberId, linkRequestId: asked.id };
    await this.sendToIdp.send(request, reply, connection, { purpose: 'link', link });
  }

  /** A new mail to the address on file; the answer is the same whatever comes of it. */
  @Post('again')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async askAgain(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.lookUp(token)) await this.links.askAgain(token);
    await sendPage(reply, renderLinkAsked(readerOf(request)));
  }

  /** Nothing where the reply was sent: the link is good for nothing, and the page says why. */
  private async find(token: string, request: FastifyRequest, reply: FastifyReply) {
    const mailed = await this.lookUp(token);
    if (mailed?.standing === 'open' && mailed.connection) return { ...mailed, connection: mailed.connection };
    reply.status(mailed ? 410 : 404);
    const why = mailed && mailed.standing !== 'open' ? mailed.standing : 'unknown';
    // Who was linked has nothing to ask for, and of an unknown link nobody knows whom to ask.
    const again = why === 'expired' || why === 'revoked' ? token : undefined;
    await sendPage(reply, renderUnusableLink(readerOf(request), why, again));
    return undefined;
  }

  private async lookUp(token: string): Promise<MailedLink | undefined> {
    try {
      return await this.links.look(token);
    } catch (error) {
      if (error instanceof SsoError && error.code === 'link_unknown') return undefined;
      throw error;
    }
  }
}
