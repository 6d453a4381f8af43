import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderOverview } from '../pages/account/overview-page';
import { readerOf } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { sendPage } from '../login/send-page';

/** Who is signed in in this browser. */
@ApiExcludeController()
@Controller('account')
export class AccountController {
  constructor(private readonly visitors: AccountVisitors) {}

  @Get()
  async overview(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.visitors.require(request, reply, '/account');
    if (view) await sendPage(reply, renderOverview(readerOf(request), view));
  }
}
