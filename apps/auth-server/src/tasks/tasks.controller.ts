import { Clock, DeadLetters, DeploymentAuditLog, ReplayTasks, type Actor, type Task } from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Answer, ApiController, Body31 } from '../http/api';
import { Acting } from '../http/caller';
import { Needs } from '../http/needs';
import { pageQuery, slice, toPage } from '../http/pages';
import { parse } from '../http/parse';
import { deadLetterList, deadLetterQuery, replayed, replayOrder, TaskIdPipe, taskStates } from './tasks.dto';

/** The work that waits for the workers, across all tenants; what stands in it, nobody is told (WRK-1). */
@ApiController('tasks', 'Tasks')
export class TasksController {
  constructor(
    private readonly letters: DeadLetters,
    private readonly replays: ReplayTasks,
    private readonly audit: DeploymentAuditLog,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('operator')
  @Answer(200, 'How it stands with each kind of task.', taskStates)
  async states() {
    return { items: await this.letters.statesAnywhere(this.clock.now()) };
  }

  @Get('dead')
  @Needs('operator')
  @Answer(200, 'Tasks that were given up, those written last first.', deadLetterList)
  async listDead(@Query() query: unknown) {
    const { kind, tenant, ...rest } = parse(deadLetterQuery, query);
    const page = toPage(rest);
    const filter = { ...(kind && { kind }), ...(tenant && { tenantId: tenant }) };
    return slice(await this.letters.listAnywhere(filter, page), page.limit);
  }

  @Post('replay')
  @Needs('operator')
  @HttpCode(200)
  @Body31(replayOrder)
  @Answer(200, 'How many dead letters are tried again.', replayed)
  async replayAll(@Body() body: unknown, @Acting() actor: Actor) {
    const { kind } = parse(replayOrder, body);
    return { replayed: await this.replays.all(kind, actor) };
  }

  @Post(':id/replay')
  @Needs('operator')
  @HttpCode(204)
  @Answer(204, 'It is tried again, and at once.')
  replay(@Param('id', TaskIdPipe) id: Task['id'], @Acting() actor: Actor): Promise<void> {
    return this.replays.one(id, actor);
  }

  @Get('audit')
  @Needs('operator')
  @Answer(
    200,
    'Tasks that were given up or replayed, newest first. Letters that were given up: see /mails/audit.',
  )
  async listAudit(@Query() query: unknown) {
    const page = toPage(parse(pageQuery, query));
    return slice(await this.audit.list('task', page), page.limit);
  }
}
