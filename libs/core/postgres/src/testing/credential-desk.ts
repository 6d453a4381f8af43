import {
  Clock,
  Drill,
  EnterLocally,
  KeyRing,
  KnownDevices,
  LocalSignIn,
  PasskeyChallenges,
  PasskeyProofs,
  Passkeys,
  PasswordResets,
  Passwords,
  ProveFactor,
  RecoveryCodes,
  relyingPartyOf,
  SessionOpener,
  Sessions,
  SignInDelays,
  Totp,
  type OutgoingMail,
  type ProvenSession,
  type User,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresAuditLog } from '../audit/audit-log';
import { PostgresDeploymentAuditLog } from '../audit/deployment-audit-log';
import { PostgresAccountStore } from '../credentials/account.store';
import { PostgresPasskeyStore } from '../credentials/passkey.store';
import { PostgresPasswordResetStore } from '../credentials/password-reset.store';
import { PostgresRecoveryCodeStore } from '../credentials/recovery-code.store';
import { PostgresSecondFactors } from '../credentials/second-factors';
import { PostgresTotpStore } from '../credentials/totp.store';
import { PostgresBreakGlassStore } from '../enforcement/break-glass.store';
import { PostgresRateLimits } from '../limits/rate-limits';
import { PostgresTries } from '../limits/tries';
import { PostgresLocalSignInStore } from '../login/local-sign-in.store';
import { PostgresMemberships } from '../members/memberships';
import { PostgresEmergencyStore } from '../sessions/emergency.store';
import { PostgresSessionStore } from '../sessions/session.store';
import { codeOf } from './authenticator-app';
import { chance, now } from './given';
import { SoftAuthenticator } from './soft-authenticator';
import { takeMails } from './take-mails';

/** A clock that stands still until it is moved. */
export class HeldClock extends Clock {
  constructor(private at = now) {
    super();
  }

  now(): Date {
    return this.at;
  }

  pass(seconds: number): void {
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}

const publicUrl = 'https://login.gatehouse.example';
const party = relyingPartyOf(publicUrl, 'Gatehouse');
const resetPage = `${publicUrl}/login/reset/`;
const day = 24 * 60 * 60 * 1000;

/** Everything that people sign in with, on the stores that serve and a clock of the test's. */
function basicsOn(database: DataSource) {
  const clock = new HeldClock();
  const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
  const factors = new PostgresSecondFactors(database);
  const memberships = new PostgresMemberships(database);
  const devices = new KnownDevices(keyRing, clock, chance);
  const limits = new PostgresRateLimits(database);
  const deploymentAudit = new PostgresDeploymentAuditLog(database, chance);
  const delays = new SignInDelays(new PostgresTries(database), limits, devices, deploymentAudit, clock);
  return { clock, chance, keyRing, factors, memberships, devices, limits, delays, deploymentAudit };
}

type Basics = ReturnType<typeof basicsOn>;

function credentials(database: DataSource, basics: Basics) {
  const { clock, keyRing, factors } = basics;
  const accounts = new PostgresAccountStore(database, keyRing, chance);
  const passwords = new Passwords({ ...basics, accounts }, ['Gatehouse']);
  const resetStore = new PostgresPasswordResetStore(database, keyRing, chance);
  const resets = new PasswordResets({ ...basics, resets: resetStore, accounts, passwords }, resetPage);
  const totpStore = new PostgresTotpStore(database, keyRing, chance);
  const totp = new Totp({ ...basics, store: totpStore }, 'Gatehouse');
  const codeStore = new PostgresRecoveryCodeStore(database, keyRing, chance);
  const recoveryCodes = new RecoveryCodes(codeStore, factors, clock, chance);
  const passkeyStore = new PostgresPasskeyStore(database, keyRing, chance);
  const challenges = new PasskeyChallenges(passkeyStore, clock, chance);
  const passkeys = new Passkeys({ ...basics, store: passkeyStore, challenges }, party);
  const passkeyProofs = new PasskeyProofs(passkeyStore, challenges, clock, party);
  const stores = { accounts, resetStore, totpStore, codeStore, passkeyStore };
  return {
    ...basics,
    ...stores,
    passwords,
    resets,
    totp,
    recoveryCodes,
    challenges,
    passkeys,
    passkeyProofs,
  };
}

function signingIn(database: DataSource, parts: ReturnType<typeof credentials>) {
  const { clock, keyRing, factors, deploymentAudit, passkeyProofs } = parts;
  const states = new PostgresLocalSignInStore(database);
  const sessions = new PostgresSessionStore(database, chance);
  const audit = new PostgresAuditLog(database, chance);
  const emergencies = new PostgresEmergencyStore(database, chance, keyRing);
  const opener = new SessionOpener(sessions, emergencies, factors, clock, chance, day);
  const drill = new Drill(new PostgresBreakGlassStore(database, chance), audit, clock);
  const factor = new ProveFactor({ ...parts, states, passkeys: passkeyProofs });
  const opened = new Sessions(sessions, clock);
  const entry = new EnterLocally({ ...parts, states, sessions: opener, opened, drill, audit });
  const ports = { ...parts, states, passkeys: passkeyProofs, factor, entry, audit: deploymentAudit };
  const signIn = new LocalSignIn(ports);
  return { states, sessions, emergencies, opener, opened, drill, audit, factor, entry, signIn };
}

const byPerson = { actor: { kind: 'person', address: '192.0.2.1' }, language: 'en' } as const;

/** The same with what tests do to people's credentials. */
export class CredentialDesk {
  readonly parts: ReturnType<typeof credentials> & ReturnType<typeof signingIn>;

  constructor(readonly database: DataSource) {
    const parts = credentials(database, basicsOn(database));
    this.parts = { ...parts, ...signingIn(database, parts) };
  }

  /** A session of this person, opened just now by a password and, if any is named, a second factor. */
  aFreshSession({ id: userId }: User, given: Partial<ProvenSession> = {}): ProvenSession {
    return {
      id: 'ses_00000000000000000000000000',
      userId,
      via: 'password',
      authenticatedAt: this.parts.clock.now(),
      ...given,
    };
  }

  /** As if the person had set it by the mail that resets it. */
  async givePassword(user: User, password: string): Promise<void> {
    const token = await this.requestReset(user);
    await this.parts.resets.complete({ token, password, ...byPerson });
    await this.sentMails();
  }

  /** The token in the mail that was asked for. */
  async requestReset({ email }: User): Promise<string> {
    await this.parts.resets.request({ email, ...byPerson });
    const links = (await this.sentMails()).flatMap(({ message }) =>
      message.kind === 'password-reset' ? [message.url] : [],
    );
    return links.at(-1)?.replace(/^.*\//, '') ?? 'no mail';
  }

  /** An authenticator app that is set up: the code it shows after so many seconds. */
  async giveTotp(user: User): Promise<(inSeconds?: number) => string> {
    const session = this.aFreshSession(user, { secondFactor: 'totp' });
    const { secret } = await this.parts.totp.begin(user, session);
    const codeIn = (seconds = 0) =>
      codeOf(secret, new Date(this.parts.clock.now().getTime() + seconds * 1000));
    await this.parts.totp.confirm(user, session, codeIn(), byPerson);
    this.parts.clock.pass(30);
    return codeIn;
  }

  async givePasskey(user: User): Promise<SoftAuthenticator> {
    const session = this.aFreshSession(user, { via: 'passkey' });
    const authenticator = new SoftAuthenticator({ origin: party.origin, rpId: party.id });
    const response = authenticator.register(await this.parts.passkeys.beginRegistration(user, session));
    await this.parts.passkeys.finishRegistration(user, session, { response, label: 'Laptop' }, byPerson);
    return authenticator;
  }

  giveRecoveryCodes(user: User): Promise<readonly string[]> {
    const session = this.aFreshSession(user, { via: 'passkey' });
    return this.parts.recoveryCodes.replace(user, session, byPerson);
  }

  /** All that wait, which then no longer do. */
  sentMails(): Promise<OutgoingMail[]> {
    const { clock, keyRing } = this.parts;
    return takeMails(this.database, keyRing, new Date(clock.now().getTime() + day));
  }
}
