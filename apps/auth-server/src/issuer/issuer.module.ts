import {
  Applications,
  ArrivalStore,
  Chance,
  Clock,
  ConnectionStore,
  Discovery,
  KeyRing,
  LiveSessions,
  Sessions,
  Tenants,
} from '@gatehouse/core';
import { OidcModelStore, SigningKeyStore } from '@gatehouse/core-postgres';
import { Module } from '@nestjs/common';
import { Provider } from 'oidc-provider';
import { DataSource } from 'typeorm';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { provide } from '../http/provide';
import { IdpRequests } from '../login/idp-requests';
import { AskIdp } from '../logout/ask-idp';
import { BrowserSessions } from './browser-sessions';
import { createIssuer } from './create-issuer';
import { HintedLogins } from './hinted-login';
import { Interactions } from './interactions';
import { LiveAccounts } from './live-account';
import { loadSigningKeys } from './signing-keys';
import { StraightToIdp } from './straight-to-idp';
import { WaitingArrivals } from './waiting-arrivals';

/** The OpenID provider that applications use; what it needs of the domain is provided globally. */
@Module({
  providers: [
    provide(LiveAccounts, LiveSessions),
    provide(HintedLogins, Tenants, ConnectionStore, Discovery),
    provide(WaitingArrivals, ArrivalStore, ConnectionStore, Clock),
    AskIdp,
    IdpRequests,
    {
      provide: StraightToIdp,
      inject: [HintedLogins, ConnectionStore, IdpRequests, Chance, CONFIG],
      useFactory: (
        hinted: HintedLogins,
        connections: ConnectionStore,
        requests: IdpRequests,
        chance: Chance,
        config: Config,
      ) => new StraightToIdp(hinted, connections, requests, chance, config),
    },
    provide(OidcModelStore, DataSource, Clock),
    provide(SigningKeyStore, DataSource),
    {
      provide: Provider,
      inject: [
        CONFIG,
        Clock,
        Applications,
        LiveAccounts,
        Sessions,
        HintedLogins,
        WaitingArrivals,
        StraightToIdp,
        AskIdp,
        OidcModelStore,
        SigningKeyStore,
        KeyRing,
      ],
      useFactory: async (
        config: Config,
        clock: Clock,
        applications: Applications,
        accounts: LiveAccounts,
        sessions: Sessions,
        hinted: HintedLogins,
        arrivals: WaitingArrivals,
        straight: StraightToIdp,
        askIdp: AskIdp,
        models: OidcModelStore,
        keyStore: SigningKeyStore,
        keyRing: KeyRing,
      ) => {
        const keys = await loadSigningKeys(keyStore, keyRing, clock);
        return createIssuer({
          config,
          clock,
          applications,
          accounts,
          sessions,
          hinted,
          arrivals,
          straight,
          askIdp,
          models,
          keys,
        });
      },
    },
    {
      provide: BrowserSessions,
      inject: [Provider, LiveSessions, CONFIG],
      useFactory: (provider: Provider, live: LiveSessions, { publicUrl }: Config) =>
        new BrowserSessions(provider, live, publicUrl),
    },
    {
      provide: Interactions,
      inject: [Provider, LiveAccounts, Clock, CONFIG],
      useFactory: (provider: Provider, accounts: LiveAccounts, clock: Clock, { publicUrl }: Config) =>
        new Interactions(provider, accounts, clock, publicUrl),
    },
  ],
  exports: [BrowserSessions, HintedLogins, IdpRequests, Interactions, OidcModelStore, WaitingArrivals],
})
export class IssuerModule {}
