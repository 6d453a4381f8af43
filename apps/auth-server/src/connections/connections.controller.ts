import {
  connectionId,
  ConnectionRemoval,
  Connections,
  Tenants,
  type Actor,
  type ConnectionId,
} from '@gatehouse/core';
import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { Acting } from '../http/caller';
import { Answer, ApiController, Body31 } from '../http/api';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { connectionChange, connectionList, newConnection } from './connections.dto';
import { ImportIdp } from './import-idp';
import { PresentConnection } from './present-connection';

const ConnectionIdPipe = idPipe(connectionId);

@ApiController('tenants/:tenant/connections', 'Connections')
export class ConnectionsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly connections: Connections,
    private readonly removal: ConnectionRemoval,
    private readonly importIdp: ImportIdp,
    private readonly present: PresentConnection,
  ) {}

  @Post()
  @Needs('connections:write')
  @Body31(newConnection)
  @Answer(201, "The connection, with the values that the identity provider's console asks for.")
  async create(@Param('tenant') name: string, @Body() body: unknown, @Acting() actor: Actor) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(newConnection, body);
    const idp = await this.importIdp.from(wanted);
    return this.present.one(
      await this.connections.create(tenant.id, { ...wanted, idp, host: tenant.host }, actor),
    );
  }

  @Get()
  @Needs('connections:read')
  @ApiQuery({ name: 'deleted', enum: ['true', 'false'], required: false })
  @Answer(200, 'Those in use, or with `deleted=true` those that can still be restored.')
  async list(@Param('tenant') name: string, @Query() query: unknown) {
    const tenant = await this.tenants.get(name);
    const from = parse(connectionList, query).deleted === 'true' ? this.removal : this.connections;
    const all = await from.list(tenant.id);
    return { items: await Promise.all(all.map((connection) => this.present.one(connection))) };
  }

  @Get(':id')
  @Needs('connections:read')
  async get(@Param('tenant') name: string, @Param('id', ConnectionIdPipe) id: ConnectionId) {
    const tenant = await this.tenants.get(name);
    return this.present.one(await this.connections.get(tenant.id, id));
  }

  /** What the fingerprint covers becomes a pending version while the connection is on (CON-16). */
  @Patch(':id')
  @Needs('connections:write')
  @Body31(connectionChange)
  async change(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Body() body: unknown,
    @Acting() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(connectionChange, body);
    const idp = await this.importIdp.from(wanted);
    return this.present.one(await this.connections.change(tenant.id, id, { ...wanted, idp }, actor));
  }
}
