import { Clock, networkKey, RateLimits, type RateLimit } from '@gatehouse/core';
import { Body, Controller, Inject, Logger, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { operatorKeyCheck } from '../callers/operator-key';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { parse } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { renderOperatorSignIn } from '../pages/operations/operator-sign-in-page';
import { readerOf } from '../pages/reader';
import { OperatorSessions } from './operator-sessions';
import { queuePageAddress } from './queue-page.controller';
import { QueuePageGuard } from './queue-page.guard';

const keyForm = z.object({ key: z.string().max(512) });
const guesses: RateLimit = { name: 'operator-key', most: 5, windowMs: 15 * 60_000 };
const logger = new Logger('operations');

/** The way to the operators' pages: the key that also opens the API. */
@ApiExcludeController()
@Controller('operations')
@UseGuards(SameOriginGuard, QueuePageGuard)
export class OperatorSignInController {
  private readonly isOperatorKey: (text: string) => boolean;

  constructor(
    private readonly sessions: OperatorSessions,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.isOperatorKey = operatorKeyCheck(config.operatorKey);
  }

  /** Where too many guesses came from, the right key is not listened to either. */
  @Post('sign-in')
  async signIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { key } = parse(keyForm, body);
    const { operations, login } = readerOf(request).texts;
    const verdict = await this.limits.take(guesses, networkKey(request.ip), this.clock.now());
    if (verdict.kind === 'limited') {
      reply.status(429).header('retry-after', verdict.seconds);
      return this.askAgain(request, reply, login.slowDown(verdict.seconds));
    }
    if (!this.isOperatorKey(key.trim())) {
      logger.warn(`A wrong operator key came from ${request.ip}.`);
      return this.askAgain(request, reply.status(403), operations.keyWrong);
    }
    await this.limits.giveBack(guesses, networkKey(request.ip));
    this.sessions.begin(reply);
    await reply.header('cache-control', 'no-store').redirect(queuePageAddress, 303);
  }

  @Post('sign-out')
  async signOut(@Res() reply: FastifyReply): Promise<void> {
    this.sessions.end(reply);
    await reply.header('cache-control', 'no-store').redirect(queuePageAddress, 303);
  }

  /** At an address that cannot be opened: the page is had in another language once it is right. */
  private askAgain(request: FastifyRequest, reply: FastifyReply, text: string): Promise<void> {
    const { texts } = readerOf(request);
    return sendPage(reply, renderOperatorSignIn({ texts }, { field: 'key', text }));
  }
}
