import { connectionId, ConnectionVersions, Tenants, type Actor, type ConnectionId } from '@gatehouse/core';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { presentVersion, rollBack, versionPage, versionParam } from './connection-versions.dto';
import { PresentConnection } from './present-connection';

const ConnectionIdPipe = idPipe(connectionId);

/** Trust edits of a connection: promoted once they are tested, rolled back, given up (CON-16, CON-17). */
@ApiController('tenants/:tenant/connections/:id', 'Connections')
export class ConnectionVersionsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly versions: ConnectionVersions,
    private readonly present: PresentConnection,
  ) {}

  @Get('versions')
  @Needs('connections:read')
  @ApiQuery({ name: 'before', required: false, description: 'Only versions below this number.' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 100, 20 if absent.' })
  @Answer(200, 'Every version that the connection had, newest first.')
  async list(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Query() query: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    const items = await this.versions.list(tenant.id, id, parse(versionPage, query));
    return { items: items.map(presentVersion) };
  }

  @Get('versions/:number')
  @Needs('connections:read')
  async get(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param() params: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    return presentVersion(await this.versions.get(tenant.id, id, parse(versionParam, params).number));
  }

  @Post('versions/:number/promote')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(200, 'The connection, by this version of which everybody signs in from now on.')
  async promote(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param() params: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { number } = parse(versionParam, params);
    return this.present.one(await this.versions.promote(tenant.id, id, number, actor));
  }

  @Post('versions/:number/discard')
  @Needs('connections:write')
  @HttpCode(200)
  @Answer(200, 'The connection, with nothing pending.')
  async discard(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Param() params: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const { number } = parse(versionParam, params);
    return this.present.one(await this.versions.discard(tenant.id, id, number, actor));
  }

  @Post('roll-back')
  @Needs('connections:write')
  @HttpCode(200)
  @Body31(rollBack)
  @Answer(200, 'The connection, as the version that served before has it.')
  async rollBack(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.present.one(await this.versions.rollBack(tenant.id, id, parse(rollBack, body).to, actor));
  }
}
