import { Drill, isBreakGlass, LocalSignIn, type SessionView } from '@gatehouse/core';
import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { AnswerLocal } from '../login/answer-local';
import { LocalVisitors } from '../login/local-visitors';
import { SameOriginGuard } from '../login/same-origin.guard';
import type { Problem } from '../pages/form';
import { renderDrill } from '../pages/account/drill-page';
import { readerOf, type Reader } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { sendPage } from '../login/send-page';

const page = '/account/drill';
const drillForm = z.object({ password: z.string().max(1024) });

/** Testing the way in for emergencies, at any time and under any policy: no session comes of it (ENF-12). */
@ApiExcludeController()
@Controller('account/drill')
export class DrillController {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly drill: Drill,
    private readonly signIn: LocalSignIn,
    private readonly locals: LocalVisitors,
    private readonly local: AnswerLocal,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    // Nothing to test for who keeps no way in.
    if (!isBreakGlass(view.tenant.policy, view.member))
      return void (await reply.redirect('/account/security', 303));
    await sendPage(reply, renderDrill(readerOf(request), view.user.email));
  }

  @Post()
  @UseGuards(SameOriginGuard)
  async begin(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    const { password } = parse(drillForm, body);
    const visitor = await this.locals.waiting(request, reply);
    const { tenant, user } = view;
    await this.drill.begin(tenant, view, visitor.actor);
    const asked = { email: user.email, password, tenantId: tenant.id, purpose: 'drill' } as const;
    const outcome = await this.signIn.begin({ ...visitor, ...asked });
    await this.local.answer(request, reply, outcome, retry(request, view));
  }
}

function retry(request: FastifyRequest, { user }: SessionView) {
  const wrong = { field: 'password', text: readerOf(request).texts.account.currentWrong };
  const show = (reader: Reader, problem: Problem) => renderDrill(reader, user.email, problem);
  return { wrong, show, isDrill: true };
}
