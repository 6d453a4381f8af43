import { Clock, DeadLetters, ReplayTasks, SsoError, type Actor, type Page, type Task } from '@gatehouse/core';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { slice } from '../http/pages';
import { parse } from '../http/parse';
import { SameOriginGuard } from '../login/same-origin.guard';
import { sendPage } from '../login/send-page';
import { renderOperatorSignIn } from '../pages/operations/operator-sign-in-page';
import { renderQueuePage } from '../pages/operations/queue-page';
import { readerOf } from '../pages/reader';
import { replayOrder, TaskIdPipe } from '../tasks/tasks.dto';
import { OperatorSessions } from './operator-sessions';
import { QueuePageGuard } from './queue-page.guard';

export const queuePageAddress = '/operations/queues';

const shown = z.object({
  after: z.string().max(64).optional().catch(undefined),
  replayed: z.coerce.number().int().min(0).optional().catch(undefined),
});
const most = 50;

/** What operators see of the work of all organisations, and what they do about it (WRK-1). */
@ApiExcludeController()
@Controller('operations/queues')
@UseGuards(SameOriginGuard, QueuePageGuard)
export class QueuePageController {
  constructor(
    private readonly sessions: OperatorSessions,
    private readonly letters: DeadLetters,
    private readonly replays: ReplayTasks,
    private readonly clock: Clock,
  ) {}

  /** The form for the key stands at the same address: whoever has no key learns nothing but that there is a page. */
  @Get()
  async open(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reader = readerOf(request);
    if (!this.sessions.isOpen(request)) return sendPage(reply, renderOperatorSignIn(reader));
    const { after, replayed } = parse(shown, query);
    const page: Page = { limit: most, ...(after !== undefined && { after }) };
    const states = await this.letters.statesAnywhere(this.clock.now());
    const { items, next } = slice(await this.letters.listAnywhere({}, page), most);
    await sendPage(reply, renderQueuePage(reader, { states, dead: items, next, replayed }));
  }

  @Post('replay')
  async replayAll(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.sessions.isOpen(request)) return backTo(reply, queuePageAddress);
    const { kind } = parse(replayOrder, body ?? {});
    await backTo(reply, `${queuePageAddress}?replayed=${await this.replays.all(kind, actorOf(request))}`);
  }

  @Post(':id/replay')
  async replay(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.sessions.isOpen(request)) return backTo(reply, queuePageAddress);
    const replayed = await this.one(new TaskIdPipe().transform(id), actorOf(request));
    await backTo(reply, `${queuePageAddress}?replayed=${replayed}`);
  }

  /** Somebody else may have pressed the same button: what is gone by now is no fault of this one. */
  private async one(id: Task['id'], actor: Actor): Promise<number> {
    try {
      await this.replays.one(id, actor);
      return 1;
    } catch (error) {
      if (error instanceof SsoError && error.code === 'not_found') return 0;
      throw error;
    }
  }
}

function actorOf(request: FastifyRequest): Actor {
  return { kind: 'operator', address: request.ip };
}

async function backTo(reply: FastifyReply, address: string): Promise<void> {
  await reply.header('cache-control', 'no-store').redirect(address, 303);
}
