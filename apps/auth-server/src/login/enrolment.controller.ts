import {
  AccountStore,
  LocalSignIn,
  RecoveryCodes,
  type LocalVisitor,
  type Proven,
  type TotpEnrolment,
} from '@gatehouse/core';
import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import type { Problem } from '../pages/form';
import { renderEnrolment, renderRecoveryCodes } from '../pages/login/enrolment-page';
import { readerOf, type Reader } from '../pages/reader';
import { AnswerLocal, drillPassedAddress } from './answer-local';
import { startAgain } from './local-refusals';
import { LocalVisitors } from './local-visitors';
import { SameOriginGuard } from './same-origin.guard';
import { sendPage } from './send-page';

const codeForm = z.object({ code: z.string().max(200).catch('') });

/** Who may not come in without a second factor, and has none, sets one up on the way (LOG-5, ENF-4). */
@ApiExcludeController()
@Controller('login/second-factor/set-up')
export class EnrolmentController {
  constructor(
    private readonly signIn: LocalSignIn,
    private readonly visitors: LocalVisitors,
    private readonly local: AnswerLocal,
    private readonly accounts: AccountStore,
    private readonly codes: RecoveryCodes,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = await this.visitors.waiting(request, reply);
    await sendPage(reply, renderEnrolment(readerOf(request), await this.offer(visitor)));
  }

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async confirm(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { code } = parse(codeForm, body);
    const visitor = await this.visitors.waiting(request, reply);
    const outcome = await this.signIn.continue({ ...visitor, step: { kind: 'enrolled', code } });
    if (outcome.kind === 'signed-in') {
      const address = await this.local.finish(request, reply, outcome);
      return this.handOutCodes(request, reply, outcome.session, address, visitor);
    }
    if (outcome.kind === 'drill-passed')
      return this.handOutCodes(request, reply, outcome.proven, drillPassedAddress, visitor);
    const wrong = { field: 'code', text: readerOf(request).texts.secondFactor.codeWrong };
    const show = async (reader: Reader, problem: Problem) =>
      renderEnrolment(reader, { ...(await this.offer(visitor)), problem });
    await this.local.answer(request, reply, outcome, { wrong, show });
  }

  /** The same secret however often the page is loaded. */
  private async offer(visitor: LocalVisitor): Promise<TotpEnrolment> {
    const enrolment = await this.signIn.startEnrolment(visitor);
    if (enrolment) return enrolment;
    throw startAgain();
  }

  /** A telephone that is lost must not lock anybody out: the codes come with the app, and the person goes on from there. */
  private async handOutCodes(
    request: FastifyRequest,
    reply: FastifyReply,
    proven: Proven,
    address: string,
    visitor: LocalVisitor,
  ): Promise<void> {
    const account = await this.accounts.findAnywhere(proven.userId);
    if (!account) throw startAgain();
    const codes = await this.codes.replace(account.user, proven, visitor);
    await sendPage(reply, renderRecoveryCodes(readerOf(request), codes, address));
  }
}
