import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/parse';
import { ownPathOr } from './account-sign-in';
import { AccountVisitors } from './account-visitors';

const startQuery = z.object({
  tenant: z.string().max(80).optional(),
  way: z.enum(['password', 'choose']).optional().catch(undefined),
  return: z.string().max(400).optional(),
});
const backQuery = z.object({
  state: z.string().max(400).optional(),
  error: z.string().max(80).optional(),
});

/** The way in and back of the account pages, which are a client of the issuer. */
@ApiExcludeController()
@Controller('account')
export class AccountSignInController {
  constructor(private readonly visitors: AccountVisitors) {}

  @Get('sign-in')
  async begin(@Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { tenant, way, return: returnTo } = parse(startQuery, query);
    await this.visitors.sendToSignIn(reply, { returnTo: ownPathOr(returnTo, '/account'), tenant, way });
  }

  /** The browser has a session at the issuer now; the code that came along is left to expire. */
  @Get('signed-in')
  async back(@Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { state } = parse(backQuery, query);
    await reply.header('cache-control', 'no-store').redirect(ownPathOr(state, '/account'), 303);
  }
}
