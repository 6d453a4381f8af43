import {
  Clock,
  connectionId,
  moveId,
  Moves,
  Tenants,
  type Actor,
  type ConnectionId,
  type Move,
  type MoveId,
} from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { pageQuery, toPage } from '../http/pages';
import { idPipe, parse } from '../http/parse';
import { approvedMove, cancelledMove, finishedMove, previewedMove, toWantedMove } from './moves.dto';
import { presentMove, presentPreview, presentProgress } from './present-move';

const ConnectionIdPipe = idPipe(connectionId);
const MoveIdPipe = idPipe(moveId);

/** Moving members from another identity provider to this one (CON-10). */
@ApiController('tenants/:tenant/connections/:id/moves', 'Connections')
export class MovesController {
  constructor(
    private readonly tenants: Tenants,
    private readonly moves: Moves,
    private readonly clock: Clock,
  ) {}

  @Post('preview')
  @Needs('connections:read')
  @HttpCode(200)
  @ApiQuery({ name: 'after', required: false, description: 'Only members after this ID.' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, 50 if absent.' })
  @Body31(previewedMove)
  @Answer(
    200,
    'What the move would do to each member. `follows` is the number that an approval confirms. Where `admitsNewcomers` says ' +
      'that JIT is on, somebody whose e-mail differs at the new identity provider comes in as a new member: switch it off until all moved.',
  )
  async preview(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Query() query: unknown,
    @Body() body: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    const page = toPage(parse(pageQuery, query));
    const wanted = toWantedMove(parse(previewedMove, body));
    return presentPreview(await this.moves.preview(tenant.id, id, wanted), page);
  }

  @Post()
  @Needs('connections:write')
  @Body31(approvedMove)
  @Answer(201, 'The move. Its members follow when they first sign in through this connection.')
  async approve(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const approval = parse(approvedMove, body);
    const { confirm, expiresInDays: days } = approval;
    const wanted = { ...toWantedMove(approval), confirm, days };
    return this.show(await this.moves.approve(tenant.id, id, wanted, actor));
  }

  @Get()
  @Needs('connections:read')
  @Answer(200, 'Every move to this connection, newest first.')
  async list(@Param('tenant') name: string, @Param('id', ConnectionIdPipe) id: ConnectionId) {
    const tenant = await this.tenants.get(name);
    const now = this.clock.now();
    return { items: (await this.moves.list(tenant.id, id)).map((move) => presentMove(move, now)) };
  }

  @Get(':move')
  @Needs('connections:read')
  @ApiQuery({ name: 'after', required: false, description: 'Only members after this ID.' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, 50 if absent.' })
  @Answer(200, 'Who has followed, who has not and what blocks them now, and who cannot.')
  async get(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param('move', MoveIdPipe) move: MoveId,
    @Query() query: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    return this.show(await this.moves.get(tenant.id, id, move), query);
  }

  @Post(':move/finish')
  @Needs('connections:write')
  @HttpCode(200)
  @Body31(finishedMove)
  @Answer(200, 'The old links of those who followed are gone; all others keep theirs.')
  async finish(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param('move', MoveIdPipe) move: MoveId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { confirm } = parse(finishedMove, body);
    const { linksRemoved } = await this.moves.finish(tenant.id, id, move, confirm, actor);
    return { ...(await this.show(await this.moves.get(tenant.id, id, move))), linksRemoved };
  }

  @Post(':move/cancel')
  @Needs('connections:write')
  @HttpCode(200)
  @Body31(cancelledMove)
  @Answer(
    200,
    'Nobody follows any more; with `undo`, those who did sign in through the old connection again.',
  )
  async cancel(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param('move', MoveIdPipe) move: MoveId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { undo } = parse(cancelledMove, body);
    const { linksRemoved, sessionsEnded } = await this.moves.cancel(tenant.id, id, move, undo, actor);
    const shown = await this.show(await this.moves.get(tenant.id, id, move));
    return { ...shown, linksRemoved, sessionsEnded };
  }

  private async show(move: Move, query: unknown = {}) {
    const page = toPage(parse(pageQuery, query));
    const [counts, members] = await Promise.all([this.moves.count(move), this.moves.progress(move, page)]);
    return presentProgress(move, counts, members, page.limit, this.clock.now());
  }
}
