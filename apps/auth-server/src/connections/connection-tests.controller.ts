import {
  Clock,
  connectionId,
  Connections,
  ConnectionTests,
  Tenants,
  type ConnectionId,
} from '@gatehouse/core';
import { Inject, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { Config } from '../config';
import { Answer, ApiController } from '../http/api';
import { CONFIG } from '../http/config.token';
import { Needs } from '../http/needs';
import { idPipe, parse } from '../http/parse';
import { testedVersion } from './connection-versions.dto';
import { TestLinks } from './test-link';

const ConnectionIdPipe = idPipe(connectionId);

/** Test sign-ins, which every configuration must pass before people meet it (CON-8). */
@ApiController('tenants/:tenant/connections/:id', 'Connections')
export class ConnectionTestsController {
  constructor(
    private readonly tenants: Tenants,
    private readonly connections: Connections,
    private readonly tests: ConnectionTests,
    private readonly testLinks: TestLinks,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('tests')
  @Needs('connections:write')
  @ApiQuery({ name: 'version', required: false, description: 'Pending (the default, if any) or serving.' })
  @Answer(201, 'Where an owner or admin opens the test sign-in of this version, within an hour.')
  async startTest(
    @Param('tenant') name: string,
    @Param('id', ConnectionIdPipe) id: ConnectionId,
    @Query() query: unknown,
  ) {
    const tenant = await this.tenants.get(name);
    const wanted = parse(testedVersion, query).version;
    const version = await this.tests.testable(await this.connections.get(tenant.id, id), wanted);
    const token = this.testLinks.create({ tenant: tenant.id, connection: id, version }, this.clock.now());
    return { startUrl: `${this.config.publicUrl}/login/test?token=${token}`, version };
  }
}
