import {
  AccountStore,
  Chance,
  Clock,
  ConnectionStore,
  DomainStore,
  HoldLink,
  KeyRing,
  LinkRequests,
  LinkRequestStore,
  LinkStore,
  MailedLinks,
  Memberships,
  OwnLinks,
  SecondFactors,
  MemberStore,
  PendingLinks,
  PendingLinkStore,
  Protocols,
  ProvisionedMatches,
  RateLimits,
  RemovedMemberStore,
  TenantStore,
} from '@gatehouse/core';
import { PostgresLinkRequestStore, PostgresPendingLinkStore } from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from './config';
import { CONFIG } from './http/config.token';

/** From an identity that was vouched for to the account that it belongs to, once its holder has shown whose it is. */
export const pendingLinkServices: FactoryProvider[] = [
  {
    provide: PendingLinkStore,
    inject: [DataSource, KeyRing, Chance],
    useFactory: (database: DataSource, keyRing: KeyRing, chance: Chance) =>
      new PostgresPendingLinkStore(database, keyRing, chance),
  },
  {
    provide: HoldLink,
    inject: [
      ...[Protocols, LinkStore, MemberStore, RemovedMemberStore, DomainStore, PendingLinkStore],
      ...[Clock, Chance, ProvisionedMatches],
    ],
    useFactory: (
      protocols: Protocols,
      links: LinkStore,
      members: MemberStore,
      removed: RemovedMemberStore,
      domains: DomainStore,
      pending: PendingLinkStore,
      clock: Clock,
      chance: Chance,
      provisioned: ProvisionedMatches,
    ) => new HoldLink({ protocols, links, members, removed, provisioned, domains, pending, clock, chance }),
  },
  {
    provide: PendingLinks,
    inject: [
      ...[PendingLinkStore, TenantStore, ConnectionStore, MemberStore, AccountStore, RateLimits],
      ...[Clock, Chance],
    ],
    useFactory: (
      pending: PendingLinkStore,
      tenants: TenantStore,
      connections: ConnectionStore,
      members: MemberStore,
      accounts: AccountStore,
      limits: RateLimits,
      clock: Clock,
      chance: Chance,
    ) => new PendingLinks({ pending, tenants, connections, members, accounts, limits, clock, chance }),
  },
];

/** By which sign-ins an account opens, as its person sees it. */
export const ownLinkServices: FactoryProvider[] = [
  {
    provide: OwnLinks,
    inject: [Memberships, ConnectionStore, LinkStore, SecondFactors, Protocols, Clock],
    useFactory: (
      memberships: Memberships,
      connections: ConnectionStore,
      links: LinkStore,
      factors: SecondFactors,
      protocols: Protocols,
      clock: Clock,
    ) => new OwnLinks({ memberships, connections, links, factors, protocols, clock }),
  },
];

/** The links that members were asked by. */
export const mailedLinkServices: FactoryProvider[] = [
  {
    provide: LinkRequestStore,
    inject: [DataSource, KeyRing, Chance],
    useFactory: (database: DataSource, keyRing: KeyRing, chance: Chance) =>
      new PostgresLinkRequestStore(database, keyRing, chance),
  },
  {
    provide: LinkRequests,
    inject: [
      ...[LinkRequestStore, TenantStore, MemberStore, ConnectionStore, DomainStore, RateLimits],
      ...[Clock, Chance, CONFIG],
    ],
    useFactory: (
      requests: LinkRequestStore,
      tenants: TenantStore,
      members: MemberStore,
      connections: ConnectionStore,
      domains: DomainStore,
      limits: RateLimits,
      clock: Clock,
      chance: Chance,
      { publicUrl }: Config,
    ) =>
      new LinkRequests(
        { requests, tenants, members, connections, domains, limits, clock, chance },
        publicUrl,
      ),
  },
  {
    provide: MailedLinks,
    inject: [LinkRequestStore, LinkRequests, TenantStore, ConnectionStore, MemberStore, RateLimits, Clock],
    useFactory: (
      requests: LinkRequestStore,
      asking: LinkRequests,
      tenants: TenantStore,
      connections: ConnectionStore,
      members: MemberStore,
      limits: RateLimits,
      clock: Clock,
    ) => new MailedLinks({ requests, asking, tenants, connections, members, limits, clock }),
  },
];
