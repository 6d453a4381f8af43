import {
  Clock,
  LocalSignIn,
  networkKey,
  RateLimits,
  slugPattern,
  SsoError,
  TenantStore,
  type RateLimit,
  type TenantId,
} from '@gatehouse/core';
import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import type { Problem } from '../pages/form';
import { renderNothingToDo } from '../pages/login/nothing-page';
import { renderPasswordPage } from '../pages/login/password-page';
import { readerOf, type Reader } from '../pages/reader';
import { AnswerLocal } from './answer-local';
import { LocalVisitors } from './local-visitors';
import { readPasskeyAnswer } from './passkey-answer';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';
import { WaitingSignIn } from './waiting-sign-in';

const answerForm = z.object({
  response: z.string().max(20_000),
  tenant: z.string().max(63).optional().catch(undefined),
});

const questions: RateLimit = { name: 'passkey-questions', most: 120, windowMs: 5 * 60_000 };

/** Signing in by a passkey alone; the buttons for it appear where the browser knows passkeys (LOG-5). */
@ApiExcludeController()
@Controller('login/passkey')
export class PasskeyController {
  constructor(
    private readonly waiting: WaitingSignIn,
    private readonly tenants: TenantStore,
    private readonly signIn: LocalSignIn,
    private readonly visitors: LocalVisitors,
    private readonly local: AnswerLocal,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /** What the browser asks an authenticator with; it names no account. */
  @Post('options')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async options(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.refuseTooMany(request.ip);
    const options = await this.signIn.passkeyOptions(this.visitors.of(request, reply, undefined));
    await reply.header('cache-control', 'no-store').send(options);
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
    // Nothing is at this address but the answer to the form.
    const { texts } = readerOf(request);
    if (!interaction) return sendPage(reply, renderNothingToDo({ texts }));
    const { response, tenant } = parse(answerForm, body);
    const tenantId = (await this.named(tenant)) ?? (await this.waiting.tenantOf(interaction));
    const visitor = this.visitors.of(request, reply, interaction.uid);
    const answered = { ...visitor, tenantId, response: readPasskeyAnswer(response) };
    const { applicationName: application, hints } = interaction;
    await this.local.answer(request, reply, await this.signIn.beginByPasskey(answered), {
      wrong: { text: texts.secondFactor.passkeyWrong },
      show: (_: Reader, problem: Problem) =>
        renderPasswordPage({ texts }, { application, email: hints.email, problem }),
    });
  }

  /** Each question is kept until it is answered: nobody fills the table. */
  private async refuseTooMany(address: string): Promise<void> {
    const verdict = await this.limits.take(questions, networkKey(address), this.clock.now());
    if (verdict.kind === 'allowed') return;
    throw new SsoError('rate_limited', `Wait ${verdict.seconds} seconds, then try again.`, {
      want: `at most ${questions.most} in ${questions.windowMs / 60_000} minutes`,
    });
  }

  /** The organisation on whose page the button was pressed. */
  private async named(slug: string | undefined): Promise<TenantId | undefined> {
    if (slug === undefined || !slugPattern.test(slug)) return undefined;
    return (await this.tenants.findBySlug(slug))?.id;
  }
}
