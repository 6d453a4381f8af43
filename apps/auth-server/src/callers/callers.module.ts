import { TenantOwners } from '@gatehouse/core';
import { PostgresTenantOwners } from '@gatehouse/core-postgres';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ApiTokensModule } from '../api-tokens/api-tokens.module';
import { IssuerModule } from '../issuer/issuer.module';
import { ApiGuard } from './api.guard';
import { IdentifyCaller } from './identify-caller';
import { MeController } from './me.controller';

/** Who calls the API, and whether it may. */
@Module({
  imports: [ApiTokensModule, IssuerModule],
  controllers: [MeController],
  providers: [
    IdentifyCaller,
    {
      provide: TenantOwners,
      inject: [DataSource],
      useFactory: (database: DataSource) => new PostgresTenantOwners(database),
    },
    { provide: APP_GUARD, useClass: ApiGuard },
  ],
})
export class CallersModule {}
