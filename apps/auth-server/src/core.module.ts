import {
  Applications,
  ApplicationStore,
  ArrivalStore,
  AuditLog,
  Chance,
  Clock,
  ConnectionRemoval,
  Connections,
  ConnectionStore,
  ConnectionTests,
  ConnectionVersions,
  ConnectionVersionStore,
  DeletedConnectionStore,
  DeploymentAuditLog,
  Discovery,
  DnsResolver,
  DomainProofs,
  Domains,
  DomainStore,
  EmergencyStore,
  KeyRing,
  LinkStore,
  LiveSessions,
  LoginFlowStore,
  LogoutNotices,
  LogoutStore,
  MemberStore,
  Moves,
  MoveStore,
  OutboundFetch,
  FallbackRateLimits,
  Protocols,
  RateLimits,
  RotateSamlKeys,
  SamlKeys,
  SamlKeyStore,
  SecondFactors,
  SessionOpener,
  Sessions,
  SessionStore,
  shippedProofs,
  SignInTraceStore,
  StartLogin,
  SystemChance,
  SystemClock,
  Tenants,
  TenantStore,
} from '@gatehouse/core';
import { GuardedFetch, NodeDnsResolver } from '@gatehouse/core-network';
import {
  openDatabase,
  PostgresApplicationStore,
  PostgresArrivalStore,
  PostgresAuditLog,
  PostgresConnectionStore,
  PostgresConnectionVersionStore,
  PostgresDeletedConnectionStore,
  PostgresDeploymentAuditLog,
  PostgresDomainStore,
  PostgresLinkStore,
  PostgresLoginFlowStore,
  PostgresLogoutNotices,
  PostgresLogoutStore,
  PostgresMemberStore,
  PostgresMoveStore,
  PostgresRateLimits,
  PostgresSamlKeyStore,
  PostgresSecondFactors,
  PostgresSessionStore,
  PostgresSignInTraceStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import {
  Global,
  Module,
  type FactoryProvider,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readProcessConfig, type Config } from './config';
import { certificateServices } from './certificate-services';
import { enforcementServices } from './enforcement/enforcement-services';
import { credentialServices } from './credential-services';
import { CONFIG } from './http/config.token';
import { provide } from './http/provide';
import { linkingServices } from './linking-services';
import { memberServices } from './member-services';
import { mailedLinkServices, ownLinkServices, pendingLinkServices } from './pending-link-services';
import { signInServices } from './sign-in-services';

/** What comes from outside: settings, time, chance, the database, DNS and the network. */
const surroundings: Provider[] = [
  { provide: CONFIG, useFactory: readProcessConfig },
  { provide: Clock, useClass: SystemClock },
  { provide: Chance, useClass: SystemChance },
  {
    provide: DataSource,
    inject: [CONFIG],
    useFactory: ({ databaseUrl: url }: Config) => openDatabase({ url }),
  },
  {
    provide: Protocols,
    inject: [CONFIG],
    useFactory: ({ disabledProtocols }: Config) => new Protocols(disabledProtocols),
  },
  {
    provide: DnsResolver,
    inject: [CONFIG],
    useFactory: ({ dnsServers: servers }: Config) =>
      new NodeDnsResolver(servers.length > 0 ? { servers } : {}),
  },
  {
    provide: OutboundFetch,
    inject: [CONFIG],
    useFactory: ({ allowedPrivateHosts }: Config) => new GuardedFetch({ allowedPrivateHosts }),
  },
  { provide: DomainProofs, inject: [DnsResolver, OutboundFetch], useFactory: shippedProofs },
  {
    provide: KeyRing,
    inject: [CONFIG, Chance],
    useFactory: ({ secretKeys }: Config, chance: Chance) => new KeyRing(secretKeys, chance),
  },
];

const stores: FactoryProvider[] = [
  as(ApplicationStore, (database, chance) => new PostgresApplicationStore(database, chance)),
  as(ArrivalStore, (database, chance) => new PostgresArrivalStore(database, chance)),
  as(AuditLog, (database, chance) => new PostgresAuditLog(database, chance)),
  as(ConnectionStore, (database, chance) => new PostgresConnectionStore(database, chance)),
  as(ConnectionVersionStore, (database, chance) => new PostgresConnectionVersionStore(database, chance)),
  as(DeletedConnectionStore, (database, chance) => new PostgresDeletedConnectionStore(database, chance)),
  as(DeploymentAuditLog, (database, chance) => new PostgresDeploymentAuditLog(database, chance)),
  as(DomainStore, (database, chance) => new PostgresDomainStore(database, chance)),
  as(LinkStore, (database, chance) => new PostgresLinkStore(database, chance)),
  as(LoginFlowStore, (database) => new PostgresLoginFlowStore(database)),
  as(LogoutNotices, (database) => new PostgresLogoutNotices(database)),
  as(LogoutStore, (database, chance) => new PostgresLogoutStore(database, chance)),
  as(MemberStore, (database, chance) => new PostgresMemberStore(database, chance)),
  as(MoveStore, (database, chance) => new PostgresMoveStore(database, chance)),
  as(RateLimits, (database) => new FallbackRateLimits(new PostgresRateLimits(database))),
  as(SamlKeyStore, (database, chance) => new PostgresSamlKeyStore(database, chance)),
  as(SecondFactors, (database) => new PostgresSecondFactors(database)),
  as(SessionStore, (database, chance) => new PostgresSessionStore(database, chance)),
  as(SignInTraceStore, (database, chance) => new PostgresSignInTraceStore(database, chance)),
  as(TenantStore, (database, chance) => new PostgresTenantStore(database, chance)),
];

function as<T>(
  port: abstract new (...args: never[]) => T,
  make: (database: DataSource, chance: Chance) => T,
): FactoryProvider {
  return { provide: port, inject: [DataSource, Chance], useFactory: make };
}

const services: FactoryProvider[] = [
  provide(Tenants, TenantStore, Clock, Chance),
  provide(Domains, DomainStore, DomainProofs, Clock, Chance),
  {
    provide: Connections,
    inject: [ConnectionStore, ConnectionVersionStore, Protocols, Clock, Chance, CONFIG],
    useFactory: (
      store: ConnectionStore,
      versions: ConnectionVersionStore,
      protocols: Protocols,
      clock: Clock,
      chance: Chance,
      { publicUrl }: Config,
    ) => new Connections(store, versions, protocols, clock, chance, publicUrl),
  },
  provide(ConnectionTests, ConnectionVersionStore, Clock),
  provide(ConnectionVersions, ConnectionStore, ConnectionVersionStore, Clock),
  provide(Moves, MoveStore, ConnectionStore, DomainStore, Clock, Chance),
  provide(ConnectionRemoval, ConnectionStore, DeletedConnectionStore, Clock),
  provide(SamlKeys, SamlKeyStore, KeyRing, Clock, Chance),
  provide(RotateSamlKeys, SamlKeyStore, SamlKeys, KeyRing, Clock, Chance),
  provide(Applications, ApplicationStore, KeyRing, Clock, Chance),
  provide(StartLogin, LoginFlowStore, Protocols, Clock, Chance),
  {
    provide: Discovery,
    inject: [DomainStore, ConnectionStore, Protocols],
    useFactory: (domains: DomainStore, connections: ConnectionStore, protocols: Protocols) =>
      new Discovery(domains, connections, protocols),
  },
  {
    provide: SessionOpener,
    inject: [SessionStore, EmergencyStore, SecondFactors, Clock, Chance, CONFIG],
    useFactory: (
      store: SessionStore,
      emergencies: EmergencyStore,
      factors: SecondFactors,
      clock: Clock,
      chance: Chance,
      { sessionLifetimeMs }: Config,
    ) => new SessionOpener(store, emergencies, factors, clock, chance, sessionLifetimeMs),
  },
  provide(LiveSessions, SessionStore, Clock),
  provide(Sessions, SessionStore, Clock),
  ...certificateServices,
  ...memberServices,
  ...linkingServices,
  ...pendingLinkServices,
  ...mailedLinkServices,
  ...ownLinkServices,
  ...credentialServices,
  ...signInServices,
  ...enforcementServices,
];

/** The domain, wired to PostgreSQL and the network; everything in it can be injected anywhere. */
@Global()
@Module({
  providers: [...surroundings, ...stores, ...services],
  exports: [...surroundings, ...stores, ...services],
})
export class CoreModule implements OnApplicationShutdown {
  constructor(private readonly database: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
  }
}
