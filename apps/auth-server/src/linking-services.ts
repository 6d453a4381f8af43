import {
  AccountLinks,
  Chance,
  Clock,
  DomainStore,
  KeyRing,
  LinkingBoard,
  LinkingBoardStore,
  MemberStore,
  ProfileStore,
  UnlinkMember,
  UpdateProfile,
} from '@gatehouse/core';
import {
  PostgresAccountLinks,
  PostgresLinkingBoardStore,
  PostgresProfileStore,
} from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { provide } from './http/provide';

/** How the links of accounts that were there before are made, taken and shown. */
export const linkingServices: FactoryProvider[] = [
  sealing(AccountLinks, PostgresAccountLinks),
  sealing(ProfileStore, PostgresProfileStore),
  {
    provide: LinkingBoardStore,
    inject: [DataSource],
    useFactory: (database: DataSource) => new PostgresLinkingBoardStore(database),
  },
  provide(LinkingBoard, LinkingBoardStore, DomainStore, Clock),
  provide(UnlinkMember, AccountLinks, MemberStore, Clock),
  provide(UpdateProfile, ProfileStore, Clock),
];

/** A store that writes letters, whose links only a holder of the key may read. */
function sealing<T>(
  port: abstract new (...args: never[]) => T,
  Store: new (database: DataSource, keyRing: KeyRing, chance: Chance) => T,
): FactoryProvider {
  return {
    provide: port,
    inject: [DataSource, KeyRing, Chance],
    useFactory: (database: DataSource, keyRing: KeyRing, chance: Chance) =>
      new Store(database, keyRing, chance),
  };
}
