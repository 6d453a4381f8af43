import {
  connectionId,
  ConnectionRemoval,
  RefusedSessions,
  Tenants,
  type Actor,
  type ConnectionId,
} from '@gatehouse/core';
import { Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { z } from 'zod';
import { Acting } from '../http/caller';
import { Answer, ApiController } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { PresentConnection } from './present-connection';

const ConnectionIdPipe = idPipe(connectionId);
const confirmation = z.object({ confirm: z.coerce.number().int().min(0).optional() });

/** Deleting a connection without an accident, and bringing it back (CON-15). */
@ApiController('tenants/:tenant/connections/:id', 'Connections')
export class ConnectionRemovalController {
  constructor(
    private readonly tenants: Tenants,
    private readonly removal: ConnectionRemoval,
    private readonly refused: RefusedSessions,
    private readonly present: PresentConnection,
  ) {}

  @Delete()
  @Needs('connections:write')
  @ApiQuery({
    name: 'confirm',
    required: false,
    description:
      'How many members lose access. Where some do, the refusal `connection_in_use` names the number.',
  })
  @Answer(
    200,
    'Until when it can be restored. Its sessions are ended; `primaryConnection` serves the login page now.',
  )
  async remove(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Query() query: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { confirm } = parse(confirmation, query);
    const removed = await this.removal.remove(tenant.id, id, confirm, actor);
    await this.refused.endIn(tenant.id, actor);
    const { restorableUntil, sessionsEnded, primary } = removed;
    return { id, restorableUntil, sessionsEnded, primaryConnection: primary ?? null };
  }

  @Post('restore')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(200, 'The connection, switched off, with its links and its test.')
  async restore(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.present.one(await this.removal.restore(tenant.id, id, actor));
  }
}
