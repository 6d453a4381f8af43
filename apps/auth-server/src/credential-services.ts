import {
  AccountStore,
  AuditLog,
  Chance,
  Clock,
  DeploymentAuditLog,
  Drill,
  EnterLocally,
  FallbackTries,
  KeyRing,
  KnownDevices,
  LocalSignIn,
  LocalSignInStore,
  LostFactors,
  Memberships,
  PasskeyChallenges,
  PasskeyProofs,
  Passkeys,
  PasskeyStore,
  PasswordResets,
  PasswordResetStore,
  Passwords,
  ProveFactor,
  RateLimits,
  RecoveryCodes,
  RecoveryCodeStore,
  relyingPartyOf,
  SecondFactors,
  SessionOpener,
  Sessions,
  SignInDelays,
  Totp,
  TotpStore,
  Tries,
} from '@gatehouse/core';
import {
  PostgresAccountStore,
  PostgresLocalSignInStore,
  PostgresMemberships,
  PostgresPasskeyStore,
  PostgresPasswordResetStore,
  PostgresRecoveryCodeStore,
  PostgresTotpStore,
  PostgresTries,
} from '@gatehouse/core-postgres';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from './config';
import { CONFIG } from './http/config.token';
import { provide, type Token } from './http/provide';

/** The page that a link to reset a password opens, with the token behind it. */
export const resetPage = '/login/reset/';

function keeps<T>(
  port: Token<T>,
  make: (database: DataSource, keyRing: KeyRing, chance: Chance) => T,
): FactoryProvider<T> {
  return { provide: port, inject: [DataSource, KeyRing, Chance], useFactory: make };
}

const stores: FactoryProvider[] = [
  keeps(AccountStore, (database, keys, chance) => new PostgresAccountStore(database, keys, chance)),
  keeps(
    PasswordResetStore,
    (database, keys, chance) => new PostgresPasswordResetStore(database, keys, chance),
  ),
  keeps(TotpStore, (database, keys, chance) => new PostgresTotpStore(database, keys, chance)),
  keeps(RecoveryCodeStore, (database, keys, chance) => new PostgresRecoveryCodeStore(database, keys, chance)),
  keeps(PasskeyStore, (database, keys, chance) => new PostgresPasskeyStore(database, keys, chance)),
  keeps(LocalSignInStore, (database) => new PostgresLocalSignInStore(database)),
  keeps(Memberships, (database) => new PostgresMemberships(database)),
  keeps(Tries, (database) => new FallbackTries(new PostgresTries(database))),
];

/** What authenticators, apps and people know this deployment by. */
function hostOf({ publicUrl }: Config): string {
  return new URL(publicUrl).hostname;
}

const factors: FactoryProvider[] = [
  {
    provide: Totp,
    inject: [TotpStore, SecondFactors, KeyRing, Clock, Chance, CONFIG],
    useFactory: (
      store: TotpStore,
      enrolled: SecondFactors,
      keyRing: KeyRing,
      clock: Clock,
      chance: Chance,
      config: Config,
    ) => new Totp({ store, factors: enrolled, keyRing, clock, chance }, hostOf(config)),
  },
  provide(RecoveryCodes, RecoveryCodeStore, SecondFactors, Clock, Chance),
  provide(PasskeyChallenges, PasskeyStore, Clock, Chance),
  {
    provide: Passkeys,
    inject: [PasskeyStore, PasskeyChallenges, SecondFactors, Clock, Chance, CONFIG],
    useFactory: (
      store: PasskeyStore,
      challenges: PasskeyChallenges,
      enrolled: SecondFactors,
      clock: Clock,
      chance: Chance,
      config: Config,
    ) =>
      new Passkeys(
        { store, challenges, factors: enrolled, clock, chance },
        relyingPartyOf(config.publicUrl, hostOf(config)),
      ),
  },
  {
    provide: PasskeyProofs,
    inject: [PasskeyStore, PasskeyChallenges, Clock, CONFIG],
    useFactory: (store: PasskeyStore, challenges: PasskeyChallenges, clock: Clock, config: Config) =>
      new PasskeyProofs(store, challenges, clock, relyingPartyOf(config.publicUrl, hostOf(config))),
  },
];

const passwords: FactoryProvider[] = [
  provide(LostFactors, AccountStore, Clock, Chance),
  provide(KnownDevices, KeyRing, Clock, Chance),
  provide(SignInDelays, Tries, RateLimits, KnownDevices, DeploymentAuditLog, Clock),
  {
    provide: Passwords,
    inject: [AccountStore, Memberships, SignInDelays, Clock, Chance, CONFIG],
    useFactory: (
      accounts: AccountStore,
      memberships: Memberships,
      delays: SignInDelays,
      clock: Clock,
      chance: Chance,
      config: Config,
    ) =>
      new Passwords({ accounts, memberships, delays, clock, chance }, [config.productName, hostOf(config)]),
  },
  {
    provide: PasswordResets,
    inject: [PasswordResetStore, AccountStore, Passwords, KnownDevices, RateLimits, Clock, Chance, CONFIG],
    useFactory: (
      resets: PasswordResetStore,
      accounts: AccountStore,
      secrets: Passwords,
      devices: KnownDevices,
      limits: RateLimits,
      clock: Clock,
      chance: Chance,
      { publicUrl }: Config,
    ) =>
      new PasswordResets(
        { resets, accounts, passwords: secrets, devices, limits, clock, chance },
        `${publicUrl}${resetPage}`,
      ),
  },
];

const signIn: FactoryProvider[] = [
  {
    provide: ProveFactor,
    inject: [LocalSignInStore, SecondFactors, Totp, RecoveryCodes, PasskeyProofs, SignInDelays, Clock],
    useFactory: (
      states: LocalSignInStore,
      enrolled: SecondFactors,
      totp: Totp,
      recoveryCodes: RecoveryCodes,
      passkeys: PasskeyProofs,
      delays: SignInDelays,
      clock: Clock,
    ) => new ProveFactor({ states, factors: enrolled, totp, recoveryCodes, passkeys, delays, clock }),
  },
  {
    provide: EnterLocally,
    inject: [
      LocalSignInStore,
      SecondFactors,
      Memberships,
      SessionOpener,
      Sessions,
      Drill,
      KnownDevices,
      AuditLog,
      Clock,
    ],
    useFactory: (
      states: LocalSignInStore,
      enrolled: SecondFactors,
      memberships: Memberships,
      sessions: SessionOpener,
      opened: Sessions,
      drill: Drill,
      devices: KnownDevices,
      audit: AuditLog,
      clock: Clock,
    ) =>
      new EnterLocally({
        ...{ states, factors: enrolled, memberships },
        ...{ sessions, opened, drill, devices, audit, clock },
      }),
  },
  {
    provide: LocalSignIn,
    inject: [
      LocalSignInStore,
      Passwords,
      PasskeyProofs,
      SignInDelays,
      ProveFactor,
      EnterLocally,
      DeploymentAuditLog,
      Clock,
      Chance,
    ],
    useFactory: (
      states: LocalSignInStore,
      secrets: Passwords,
      passkeys: PasskeyProofs,
      delays: SignInDelays,
      factor: ProveFactor,
      entry: EnterLocally,
      audit: DeploymentAuditLog,
      clock: Clock,
      chance: Chance,
    ) =>
      new LocalSignIn({ states, passwords: secrets, passkeys, delays, factor, entry, audit, clock, chance }),
  },
];

/** What people sign in with where no identity provider does it (LOG-5). */
export const credentialServices: FactoryProvider[] = [...stores, ...factors, ...passwords, ...signIn];
