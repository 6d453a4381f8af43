import {
  connectionId,
  Connections,
  RefusedSessions,
  Tenants,
  type Actor,
  type ConnectionId,
  type Switched,
} from '@gatehouse/core';
import { HttpCode, Param, Post } from '@nestjs/common';
import { Acting } from '../http/caller';
import { Answer, ApiController } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe } from '../http/parse';
import { PresentConnection } from './present-connection';

const ConnectionIdPipe = idPipe(connectionId);

/**
 * Each connection's own switch, and which one serves the login page (CON-10). The first one that is on and the last one that
 * goes off switch single sign-on for the tenant, which running sessions may not outlive (TEN-10, ENF-9).
 */
@ApiController('tenants/:tenant/connections/:id', 'Connections')
export class ConnectionSwitchesController {
  constructor(
    private readonly tenants: Tenants,
    private readonly connections: Connections,
    private readonly refused: RefusedSessions,
    private readonly present: PresentConnection,
  ) {}

  @Post('enable')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(200, 'The connection; the first one that is on becomes primary. `primaryConnection` names it.')
  async enable(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const switched = await this.connections.enable(tenant.id, id, actor);
    await this.refused.endIn(tenant.id, actor);
    return this.show(switched);
  }

  @Post('disable')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(
    200,
    'The connection. `primaryConnection` names the one that serves the login page now, or is null.',
  )
  async disable(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const switched = await this.connections.disable(tenant.id, id, actor);
    await this.refused.endIn(tenant.id, actor);
    return this.show(switched);
  }

  @Post('make-primary')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(200, 'The connection, which serves the login page from now on.')
  async makePrimary(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const connection = await this.connections.makePrimary(tenant.id, id, actor);
    return this.show({ connection, primary: connection.id });
  }

  private async show({ connection, primary }: Switched) {
    return { ...(await this.present.one(connection)), primaryConnection: primary ?? null };
  }
}
