import { ConnectionStore, EnforcementStore, SsoOverview } from '@gatehouse/core';
import { Module } from '@nestjs/common';
import { provide } from '../http/provide';
import { SsoOverviewController } from './sso-overview.controller';
import { TenantsController } from './tenants.controller';

@Module({
  controllers: [TenantsController, SsoOverviewController],
  providers: [provide(SsoOverview, EnforcementStore, ConnectionStore)],
})
export class TenantsModule {}
