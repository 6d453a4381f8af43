import {
  AcceptInvitation,
  Chance,
  Clock,
  DomainStore,
  Invitations,
  InvitationStore,
  KeyRing,
  MemberList,
  Members,
  MemberStore,
  RateLimits,
  RemovedMembers,
  RemovedMemberStore,
  TenantStore,
} from '@gatehouse/core';
import {
  PostgresInvitationStore,
  PostgresMemberList,
  PostgresRemovedMemberStore,
} from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from './config';
import { CONFIG } from './http/config.token';
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
  {
    provide: Invitations,
    inject: [InvitationStore, MemberStore, DomainStore, RateLimits, Clock, Chance, CONFIG],
    useFactory: (
      invitations: InvitationStore,
      members: MemberStore,
      domains: DomainStore,
      limits: RateLimits,
      clock: Clock,
      chance: Chance,
      { publicUrl }: Config,
    ) => new Invitations({ invitations, members, domains, limits, clock, chance }, publicUrl),
  },
  {
    provide: AcceptInvitation,
    inject: [InvitationStore, TenantStore, DomainStore, Clock, Chance, CONFIG],
    useFactory: (
      invitations: InvitationStore,
      tenants: TenantStore,
      domains: DomainStore,
      clock: Clock,
      chance: Chance,
      { publicUrl, productName }: Config,
    ) =>
      new AcceptInvitation({ invitations, tenants, domains, clock, chance }, [
        productName,
        new URL(publicUrl).hostname,
      ]),
  },
];
