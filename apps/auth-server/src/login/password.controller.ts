import { LocalSignIn } from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { BrowserSessions } from '../issuer/browser-sessions';
import type { Interaction } from '../issuer/interactions';
import type { Problem } from '../pages/form';
import { longestEmail, longestPassword } from '../pages/login/fields';
import { renderNothingToDo } from '../pages/login/nothing-page';
import { renderPasswordPage } from '../pages/login/password-page';
import { readerOf, type Reader } from '../pages/reader';
import { AnswerLocal } from './answer-local';
import { LocalVisitors } from './local-visitors';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';
import { waitingQuery, WaitingSignIn } from './waiting-sign-in';

/** More than fits is wrong like any other: the form says so, not an error. */
export const credentialsForm = z.object({
  email: z.string().transform((text) => text.slice(0, longestEmail)),
  password: z.string().transform((text) => text.slice(0, longestPassword + 1)),
});

/** E-mail and password, for whoever has one here (LOG-5). */
@ApiExcludeController()
@Controller('login/password')
export class PasswordController {
  constructor(
    private readonly waiting: WaitingSignIn,
    private readonly signIn: LocalSignIn,
    private readonly visitors: LocalVisitors,
    private readonly local: AnswerLocal,
    private readonly browsers: BrowserSessions,
  ) {}

  @Get()
  async show(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.waiting.find(request, reply);
    const reader = readerOf(request);
    if (!interaction) {
      await this.waiting.refuseLost(parse(waitingQuery, query).interaction);
      return sendPage(reply, renderNothingToDo(reader));
    }
    const email = await this.addressFor(interaction, request, reply);
    return sendPage(reply, renderPasswordPage(reader, { ...about(interaction), email }));
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async take(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const interaction = await this.waiting.find(request, reply);
    if (!interaction) return sendPage(reply, renderNothingToDo(readerOf(request)));
    const typed = parse(credentialsForm, body);
    const tenantId = await this.waiting.tenantOf(interaction);
    const visitor = this.visitors.of(request, reply, interaction.uid);
    const outcome = await this.signIn.begin({ ...visitor, ...typed, tenantId });
    const wrong = { field: 'password', text: readerOf(request).texts.login.wrong };
    const show = (reader: Reader, problem: Problem) =>
      renderPasswordPage(reader, { ...about(interaction), email: typed.email, problem });
    await this.local.answer(request, reply, outcome, { wrong, show });
  }

  /** Who shows once more who it is, is signed in here under the address that the page can fill in. */
  private async addressFor(
    { hints, isProof }: Interaction,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string | undefined> {
    if (!isProof) return hints.email;
    return (await this.browsers.find(request.raw, reply.raw))?.user.email;
  }
}

/** What the page says it is for. */
function about({ applicationName: application, isProof }: Interaction) {
  return { application, because: isProof ? 'proof' : undefined } as const;
}
