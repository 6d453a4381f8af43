import {
  Chance,
  Clock,
  DomainStore,
  InvitationStore,
  KeyRing,
  MemberList,
  Members,
  MemberStore,
  RemovedMembers,
  RemovedMemberStore,
} from '@gatehouse/core';
import {
  PostgresInvitationStore,
  PostgresMemberList,
  PostgresRemovedMemberStore,
} from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from './http/provide';

/** Who belongs to a tenant, who may join it, and who was removed from it. */
export const memberServices: FactoryProvider[] = [
  {
    provide: InvitationStore,
    inject: [DataSource, KeyRing, Chance],
    useFactory: (database: DataSource, keyRing: KeyRing, chance: Chance) =>
      new PostgresInvitationStore(database, keyRing, chance),
  },
  {
    provide: MemberList,
    inject: [DataSource],
    useFactory: (database: DataSource) => new PostgresMemberList(database),
  },
  {
    provide: RemovedMemberStore,
    inject: [DataSource, Chance],
    useFactory: (database: DataSource, chance: Chance) => new PostgresRemovedMemberStore(database, chance),
  },
  provide(Members, MemberStore, DomainStore, Clock, Chance),
  provide(RemovedMembers, RemovedMemberStore, Clock),
];
