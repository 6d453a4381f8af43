import {
  Clock,
  connectionId,
  Connections,
  refuseDraft,
  SamlKeys,
  Tenants,
  type Actor,
  type Connection,
  type ConnectionId,
} from '@gatehouse/core';
import { Body, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import type { Config } from '../config';
import { Operator } from '../http/actor';
import { Answer, ApiController, Body31 } from '../http/api';
import { CONFIG } from '../http/config.token';
import { idPipe, parse } from '../http/parse';
import { connectionChange, newConnection, presentConnection } from './connections.dto';
import { ImportIdp } from './import-idp';
import { TestLinks } from './test-link';

const ConnectionIdPipe = idPipe(connectionId);

@ApiController('tenants/:tenant/connections', 'Connections')
export class ConnectionsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly connections: Connections,
    private readonly keys: SamlKeys,
    private readonly importIdp: ImportIdp,
    private readonly testLinks: TestLinks,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Body31(newConnection)
  @Answer(201, "The connection, with the values that the identity provider's console asks for.")
  async create(@Param('tenant') name: string, @Body() body: unknown, @Operator() actor: Actor) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(newConnection, body);
    const idp = await this.importIdp.from(wanted);
    return this.present(await this.connections.create(tenant.id, { ...wanted, idp }, actor));
  }

  @Get()
  async list(@Param('tenant') name: string) {
    const tenant = await this.tenants.get(name);
    const all = await this.connections.list(tenant.id);
    return { items: await Promise.all(all.map((connection) => this.present(connection))) };
  }

  @Get(':id')
  async get(@Param('tenant') name: string, @Param('id', ConnectionIdPipe) id: ConnectionId) {
    const tenant = await this.tenants.get(name);
    return this.present(await this.connections.get(tenant.id, id));
  }

  @Patch(':id')
  @Body31(connectionChange)
  async change(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Body() body: unknown,
    @Operator() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(connectionChange, body);
    const idp = await this.importIdp.from(wanted);
    return this.present(await this.connections.change(tenant.id, id, { ...wanted, idp }, actor));
  }

  @Post(':id/tests')
  @Answer(201, 'Where an owner or admin opens the test sign-in, within an hour.')
  async startTest(@Param('tenant') name: string, @Param('id', ConnectionIdPipe) id: ConnectionId) {
    const tenant = await this.tenants.get(name);
    const connection = await this.connections.get(tenant.id, id);
    refuseDraft(connection);
    const token = this.testLinks.create(tenant.id, connection.id, this.clock.now());
    return { startUrl: `${this.config.publicUrl}/login/test?token=${token}` };
  }

  @Post(':id/enable')
  @HttpCode(200)
  async enable(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Operator() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.present(await this.connections.enable(tenant.id, id, actor));
  }

  @Post(':id/disable')
  @HttpCode(200)
  async disable(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Operator() actor: Actor,
  ) {
    const tenant = await this.tenants.get(name);
    return this.present(await this.connections.disable(tenant.id, id, actor));
  }

  private async present(connection: Connection) {
    return presentConnection(connection, this.config.publicUrl, await this.keys.certificates());
  }
}
