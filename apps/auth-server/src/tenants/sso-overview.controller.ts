import {
  atOtherHost,
  connectionState,
  serviceProvider,
  SsoOverview,
  Tenants,
  type Connection,
  type SsoStanding,
} from '@gatehouse/core';
import { Get, Inject, Param } from '@nestjs/common';
import type { Config } from '../config';
import { Answer, ApiController } from '../http/api';
import { CONFIG } from '../http/config.token';
import { Needs } from '../http/needs';
import { loginUrl } from './present-tenant';
import { ssoFeatures } from './sso-features';

/** What an organisation has of single sign-on, what it would get, and whom to ask (TEN-9, TEN-10). */
@ApiController('tenants/:tenant/sso', 'Tenants')
export class SsoOverviewController {
  constructor(
    private readonly tenants: Tenants,
    private readonly overview: SsoOverview,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Needs('tenant:read')
  @Answer(200, 'The three steps to single sign-on, with what is done and what comes next.')
  async show(@Param('tenant') name: string) {
    const { id } = await this.tenants.get(name);
    return this.present(await this.overview.of(id));
  }

  private present({ tenant, connections, ...standing }: SsoStanding) {
    const { ssoContact } = this.config;
    return {
      ...standing,
      sso: tenant.policy.sso,
      loginUrl: loginUrl(tenant, this.config),
      features: ssoFeatures,
      ...(standing.entitled ? {} : { ask: ssoContact ?? { text: 'Ask whoever runs this service.' } }),
      connections: connections.map(inAWord),
      warnings: atOtherHost(tenant, connections).map((connection) => ({
        code: 'connection_at_other_host',
        connection: connection.id,
        acsUrl: serviceProvider(this.config.publicUrl, connection).acsUrl,
        detail:
          'This connection keeps the addresses under which its identity provider knows it. A connection that is made now gets those of the host as it is.',
      })),
    };
  }
}

function inAWord(connection: Connection) {
  const { id, label, primary } = connection;
  return { id, label, primary, state: connectionState(connection) };
}
