import { LocalSignIn, tenantId } from '@gatehouse/core';
import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { AnswerLocal } from './answer-local';
import { startAgain } from './local-refusals';
import { LocalVisitors } from './local-visitors';
import { SameOriginGuard } from './same-origin.guard';

const choiceForm = z.object({ tenant: z.string().max(64) });

/** Which of several organisations somebody signs in to. */
@ApiExcludeController()
@Controller('login/tenant')
export class ChooseTenantController {
  constructor(
    private readonly signIn: LocalSignIn,
    private readonly visitors: LocalVisitors,
    private readonly local: AnswerLocal,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(SameOriginGuard)
  async choose(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const step = { kind: 'tenant', tenantId: tenantId.parse(parse(choiceForm, body).tenant) } as const;
    const visitor = await this.visitors.waiting(request, reply);
    await this.local.answer(request, reply, await this.signIn.continue({ ...visitor, step }), {
      wrong: { text: '' },
      show: () => Promise.reject(startAgain()),
    });
  }
}
