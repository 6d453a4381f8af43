import { ApiTokens, ApiTokenStore, Chance, Clock, RateLimits, TokenCallers } from '@gatehouse/core';
import { PostgresApiTokenStore } from '@gatehouse/core-postgres';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { provide } from '../http/provide';
import { ApiTokensController } from './api-tokens.controller';
import { TokenOwner } from './token-owner';

@Module({
  controllers: [ApiTokensController],
  providers: [
    TokenOwner,
    {
      provide: ApiTokenStore,
      inject: [DataSource, Chance],
      useFactory: (database: DataSource, chance: Chance) => new PostgresApiTokenStore(database, chance),
    },
    {
      provide: ApiTokens,
      inject: [ApiTokenStore, Clock, Chance, CONFIG],
      useFactory: (store: ApiTokenStore, clock: Clock, chance: Chance, config: Config) =>
        new ApiTokens(store, clock, chance, config.apiTokenLongestDays),
    },
    provide(TokenCallers, ApiTokenStore, RateLimits, Clock),
  ],
  exports: [TokenCallers],
})
export class ApiTokensModule {}
