import { MailedLinks, type Actor } from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Visitor } from '../http/actor';
import { parse } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { renderLinkAsked } from '../pages/linking/mailed-link-page';
import { readerOf } from '../pages/reader';

const askForm = z.object({ connection: z.string().max(64), email: z.string().max(320) });

/** For who was turned away with an account that is not linked (LOG-9): a mail, to the address on file and no other. */
@ApiExcludeController()
@Controller('link/ask')
export class AskLinkController {
  constructor(private readonly links: MailedLinks) {}

  /** In another language: the page says nothing of anybody, so that it can be shown again. */
  @Get()
  async again(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendPage(reply, renderLinkAsked(readerOf(request)));
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async ask(
    @Body() body: unknown,
    @Visitor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { connection, email } = parse(askForm, body);
    await this.links.askFor(connection, email, actor);
    await sendPage(reply, renderLinkAsked(readerOf(request)));
  }
}
