import {
  Chance,
  Clock,
  Directories,
  DirectoryCallers,
  DirectoryRequestStore,
  DirectoryStore,
  DirectoryTokens,
  DirectoryTokenStore,
  LocalRateLimits,
  ProvisionedPeople,
  RemovalHolds,
  RemovalHoldStore,
  RoleMappings,
  RoleMappingStore,
} from '@gatehouse/core';
import {
  PostgresDirectoryRequestStore,
  PostgresDirectoryStore,
  PostgresDirectoryTokenStore,
  PostgresProvisionedPeople,
  PostgresRemovalHoldStore,
  PostgresRoleMappingStore,
} from '@gatehouse/core-postgres';
import { Module, type FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { provide } from '../http/provide';
import { DirectoriesController } from './directories.controller';
import { DirectoryGroupsController } from './directory-groups.controller';
import { DirectoryRequestsController } from './directory-requests.controller';
import { DirectoryTokensController } from './directory-tokens.controller';
import { ProvisionedPeopleController } from './provisioned-people.controller';
import { RemovalHoldsController } from './removal-holds.controller';
import { RoleMappingsController } from './role-mappings.controller';

const stores: FactoryProvider[] = [
  as(DirectoryStore, (database, chance) => new PostgresDirectoryStore(database, chance)),
  as(DirectoryTokenStore, (database, chance) => new PostgresDirectoryTokenStore(database, chance)),
  as(DirectoryRequestStore, (database) => new PostgresDirectoryRequestStore(database)),
  as(RoleMappingStore, (database, chance) => new PostgresRoleMappingStore(database, chance)),
  as(RemovalHoldStore, (database, chance) => new PostgresRemovalHoldStore(database, chance)),
  as(ProvisionedPeople, (database) => new PostgresProvisionedPeople(database)),
];

function as<T>(
  port: abstract new (...args: never[]) => T,
  make: (database: DataSource, chance: Chance) => T,
): FactoryProvider {
  return { provide: port, inject: [DataSource, Chance], useFactory: make };
}

/** Directories that provision by SCIM, as owners and admins set them up. */
@Module({
  controllers: [
    DirectoriesController,
    DirectoryTokensController,
    DirectoryRequestsController,
    ProvisionedPeopleController,
    RoleMappingsController,
    DirectoryGroupsController,
    RemovalHoldsController,
  ],
  providers: [
    ...stores,
    provide(Directories, DirectoryStore, Clock, Chance),
    provide(RemovalHolds, RemovalHoldStore, Clock),
    provide(RoleMappings, RoleMappingStore, DirectoryStore, Clock, Chance),
    provide(DirectoryTokens, DirectoryTokenStore, RoleMappingStore, Clock, Chance),
    {
      provide: DirectoryCallers,
      inject: [DirectoryTokenStore, Clock, CONFIG],
      // Each server for itself: the limit keeps one directory from taking the others' turns, and guards no secret.
      useFactory: (store: DirectoryTokenStore, clock: Clock, { scimRequestsPerMinute }: Config) =>
        new DirectoryCallers(store, new LocalRateLimits(), clock, scimRequestsPerMinute),
    },
  ],
  exports: [...stores, Directories, DirectoryTokens, DirectoryCallers],
})
export class DirectoriesModule {}
