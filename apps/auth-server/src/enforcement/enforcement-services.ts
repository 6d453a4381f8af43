import {
  AuditLog,
  BreakGlassStore,
  Chance,
  Clock,
  Drill,
  EmergencyStore,
  EndRefusedSessions,
  Enforcement,
  EnforcementStore,
  Foresight,
  KeyRing,
  MemberSettings,
  MemberSettingStore,
  RefusedSessions,
  RefusedSessionStore,
} from '@gatehouse/core';
import {
  PostgresBreakGlassStore,
  PostgresEmergencyStore,
  PostgresEnforcementStore,
  PostgresMemberSettingStore,
  PostgresRefusedSessionStore,
} from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from '../http/provide';

/** The policy of a tenant: how it is changed, foretold, felt and got past. */
export const enforcementServices: FactoryProvider[] = [
  {
    provide: EnforcementStore,
    inject: [DataSource, Chance],
    useFactory: (database: DataSource, chance: Chance) => new PostgresEnforcementStore(database, chance),
  },
  {
    provide: MemberSettingStore,
    inject: [DataSource, Chance],
    useFactory: (database: DataSource, chance: Chance) => new PostgresMemberSettingStore(database, chance),
  },
  {
    provide: BreakGlassStore,
    inject: [DataSource, Chance],
    useFactory: (database: DataSource, chance: Chance) => new PostgresBreakGlassStore(database, chance),
  },
  {
    provide: RefusedSessionStore,
    inject: [DataSource, Chance],
    useFactory: (database: DataSource, chance: Chance) => new PostgresRefusedSessionStore(database, chance),
  },
  {
    provide: EmergencyStore,
    inject: [DataSource, Chance, KeyRing],
    useFactory: (database: DataSource, chance: Chance, keyRing: KeyRing) =>
      new PostgresEmergencyStore(database, chance, keyRing),
  },
  { ...provide(EndRefusedSessions, RefusedSessionStore, Clock), provide: RefusedSessions },
  provide(Enforcement, EnforcementStore, RefusedSessions, Clock),
  provide(Foresight, EnforcementStore, Clock),
  provide(MemberSettings, MemberSettingStore, RefusedSessions, Clock),
  provide(Drill, BreakGlassStore, AuditLog, Clock),
];
