import {
  AccountLinks,
  AccountStore,
  AdmitIdentity,
  ArrivalStore,
  Chance,
  Clock,
  CompleteLogin,
  CompleteUnsolicited,
  ConnectionTests,
  DomainStore,
  FollowMove,
  HoldLink,
  InvitationStore,
  LinkStore,
  LoginFlowStore,
  LogoutStore,
  MemberStore,
  MoveStore,
  Protocols,
  ProvisionedMatches,
  RemovedMemberStore,
  SessionOpener,
  SingleLogout,
  Trials,
  UpdateProfile,
} from '@gatehouse/core';
import { PostgresProvisionedMatches } from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from './http/provide';

/** The flows by which people come in and leave. */
export const signInServices: FactoryProvider[] = [
  provide(FollowMove, MoveStore, DomainStore),
  {
    provide: ProvisionedMatches,
    inject: [DataSource],
    useFactory: (database: DataSource) => new PostgresProvisionedMatches(database),
  },
  {
    provide: AdmitIdentity,
    inject: [
      ...[Protocols, LinkStore, FollowMove, MemberStore, RemovedMemberStore, InvitationStore, AccountStore],
      ...[DomainStore, HoldLink, AccountLinks, UpdateProfile, SessionOpener, Clock, Chance],
      ProvisionedMatches,
    ],
    useFactory: (
      protocols: Protocols,
      links: LinkStore,
      moves: FollowMove,
      members: MemberStore,
      removed: RemovedMemberStore,
      invitations: InvitationStore,
      accounts: AccountStore,
      domains: DomainStore,
      holdLink: HoldLink,
      accountLinks: AccountLinks,
      profiles: UpdateProfile,
      sessions: SessionOpener,
      clock: Clock,
      chance: Chance,
      provisioned: ProvisionedMatches,
    ) => {
      const people = { members, removed, provisioned, invitations, accounts, domains };
      const linking = { links, moves, holdLink, accountLinks, profiles };
      return new AdmitIdentity({ protocols, ...linking, ...people, sessions, clock, chance });
    },
  },
  {
    provide: CompleteLogin,
    inject: [LoginFlowStore, MemberStore, ConnectionTests, AdmitIdentity, HoldLink, Clock, Chance],
    useFactory: (
      flows: LoginFlowStore,
      members: MemberStore,
      tests: ConnectionTests,
      admission: AdmitIdentity,
      holdLink: HoldLink,
      clock: Clock,
      chance: Chance,
    ) => new CompleteLogin({ flows, members, tests, admission, holdLink, clock, chance }),
  },
  provide(Trials, LoginFlowStore, ConnectionTests, Clock),
  provide(CompleteUnsolicited, ArrivalStore, AdmitIdentity, Clock, Chance),
  provide(SingleLogout, LogoutStore, Clock, Chance),
];
