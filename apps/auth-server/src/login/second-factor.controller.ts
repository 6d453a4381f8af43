import { LocalSignIn, secondFactors, type LocalStep, type SecondFactor } from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { renderSecondFactorPage } from '../pages/login/second-factor-page';
import { readerOf, type Reader } from '../pages/reader';
import { AnswerLocal } from './answer-local';
import { startAgain } from './local-refusals';
import { LocalVisitors } from './local-visitors';
import { readPasskeyAnswer } from './passkey-answer';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';

const factor = z.enum(secondFactors);
const offered = z
  .string()
  .max(100)
  .transform((names) => names.split('.').flatMap((name) => factor.safeParse(name).data ?? []))
  .catch([]);

/** What the page offers: nothing of it is proof of anything, and what is not ours is left out. */
const shownQuery = z.object({
  by: factor.catch('totp'),
  of: offered,
  for: z.literal('drill').optional().catch(undefined),
});
const codeForm = shownQuery.extend({
  code: z.string().max(200).catch(''),
  response: z.string().max(20_000).catch(''),
});

/** What is asked for after a password: an app's code, a recovery code or a passkey (LOG-5, LOG-6). */
@ApiExcludeController()
@Controller('login/second-factor')
export class SecondFactorController {
  constructor(
    private readonly signIn: LocalSignIn,
    private readonly visitors: LocalVisitors,
    private readonly local: AnswerLocal,
  ) {}

  @Get()
  async show(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendPage(reply, renderSecondFactorPage(readerOf(request), pageOf(parse(shownQuery, query))));
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async take(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code, response, ...shown } = parse(codeForm, body);
    const { by } = shown;
    const visitor = await this.visitors.waiting(request, reply);
    const step = stepOf(by, code, response);
    const outcome = await this.signIn.continue({ ...visitor, step });
    const wrong = wrongFactor(by, readerOf(request));
    const show = (reader: Reader, problem: typeof wrong) =>
      renderSecondFactorPage(reader, { ...pageOf(shown), problem });
    await this.local.answer(request, reply, outcome, { wrong, show });
  }

  /** What the browser asks an authenticator with. */
  @Post('passkey-options')
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async options(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const options = await this.signIn.factorOptions(await this.visitors.waiting(request, reply));
    if (!options) throw startAgain();
    await reply.header('cache-control', 'no-store').send(options);
  }
}

function pageOf({ by, of: enrolled, for: purpose }: z.infer<typeof shownQuery>) {
  return { by, enrolled, isDrill: purpose === 'drill' };
}

function stepOf(by: SecondFactor, code: string, response: string): LocalStep {
  return by === 'passkey' ? { kind: by, response: readPasskeyAnswer(response) } : { kind: by, code };
}

function wrongFactor(by: SecondFactor, { texts: { secondFactor } }: Reader) {
  if (by === 'passkey') return { text: secondFactor.passkeyWrong };
  return { field: 'code', text: by === 'totp' ? secondFactor.codeWrong : secondFactor.recoveryWrong };
}
