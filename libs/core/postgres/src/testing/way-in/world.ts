import {
  AdmitIdentity,
  HoldLink,
  createToken,
  emailDomain,
  FollowMove,
  linkId,
  LiveSessions,
  Members,
  Protocols,
  UpdateProfile,
  type Connection,
  type MemberId,
  type Person,
  type Session,
  type SessionView,
  type Tenant,
  type User,
  type VerifiedIdentity,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresConnectionStore } from '../../connections/connection.store';
import { PostgresProvisionedMatches } from '../../directory/provisioned-matches';
import { PostgresDomainStore } from '../../domains/domain.store';
import { PostgresInvitationStore } from '../../invitations/invitation.store';
import { PostgresAccountStore } from '../../credentials/account.store';
import { PostgresAccountLinks } from '../../linking/account-links.store';
import { PostgresLinkStore } from '../../linking/link.store';
import { PostgresMoveStore } from '../../linking/move.store';
import { PostgresPendingLinkStore } from '../../linking/pending-link.store';
import { PostgresProfileStore } from '../../login/profile.store';
import { PostgresMemberStore } from '../../members/member.store';
import { PostgresRemovedMemberStore } from '../../members/removed-member.store';
import { PostgresTenantStore } from '../../tenants/tenant.store';
import { inTenant } from '../../transaction';
import { codeOf } from '../authenticator-app';
import { CredentialDesk } from '../credential-desk';
import { aConnection, aDomain, aFind, anExistingTenant, because, chance, now } from '../given';
import { DirectoryDesk } from './directory-desk';
import type { MemberFacts, TenantFacts } from './oracle';

const operator = { actor: { kind: 'operator' }, role: 'operator' } as const;
const issuer = 'https://idp.example';

/** One organisation with a verified domain and an identity provider. */
export interface Place {
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly domain: string;
}

/** A password that changes with every reset, and the app that a person has set up, if any. */
interface Keys {
  password: string;
  secret?: string;
}

/** Everything by which people come in, on the stores that serve, with a clock that is moved. */
export class World {
  readonly desk: CredentialDesk;
  private readonly keys = new Map<string, Keys>();
  private readonly members: Members;
  private readonly admission: AdmitIdentity;
  private readonly live: LiveSessions;

  constructor(private readonly database: DataSource) {
    this.desk = new CredentialDesk(database);
    const { clock, keyRing, opener, sessions } = this.desk.parts;
    const domains = new PostgresDomainStore(database, chance);
    const members = new PostgresMemberStore(database, chance);
    this.members = new Members(members, domains, clock, chance);
    this.live = new LiveSessions(sessions, clock);
    const ports = {
      ...{ protocols: new Protocols([]), links: new PostgresLinkStore(database, chance), members, domains },
      ...{ removed: new PostgresRemovedMemberStore(database, chance), clock, chance },
      provisioned: new PostgresProvisionedMatches(database),
    };
    const pending = new PostgresPendingLinkStore(database, keyRing, chance);
    this.admission = new AdmitIdentity({
      ...ports,
      moves: new FollowMove(new PostgresMoveStore(database, chance), domains),
      invitations: new PostgresInvitationStore(database, keyRing, chance),
      accounts: new PostgresAccountStore(database, keyRing, chance),
      holdLink: new HoldLink({ ...ports, pending }),
      accountLinks: new PostgresAccountLinks(database, keyRing, chance),
      profiles: new UpdateProfile(new PostgresProfileStore(database, keyRing, chance), clock),
      sessions: opener,
    });
  }

  get now(): number {
    return this.desk.parts.clock.now().getTime();
  }

  async openPlace(): Promise<Place> {
    const tenant = await anExistingTenant(this.database);
    const domain = aDomain(tenant.id);
    const domains = new PostgresDomainStore(this.database, chance);
    await domains.add(tenant.id, domain, because(tenant.id, 'domain.added'));
    await domains.markVerified(tenant.id, domain.id, aFind(), because(tenant.id, 'domain.verified'));
    const connection = aConnection(tenant.id, { enabledAt: now });
    const made = because(tenant.id, 'connection.created');
    await new PostgresConnectionStore(this.database, chance).add(tenant.id, connection, made);
    return { tenant, connection, domain: domain.name };
  }

  openDirectory({ tenant }: Place): Promise<DirectoryDesk> {
    return DirectoryDesk.open(this.database, tenant, this.desk.parts.keyRing);
  }

  async join({ tenant }: Place, email: string, role: MemberFacts['role']): Promise<Person> {
    return this.members.add(tenant, { email, role, sso: 'inherit' }, operator);
  }

  async link({ tenant, connection }: Place, { id: userId }: User): Promise<void> {
    const id = linkId.create(now, chance);
    const link = { id, tenantId: tenant.id, connectionId: connection.id, userId, issuer, subject: userId };
    await new PostgresLinkStore(this.database, chance).add(
      tenant.id,
      { ...link, createdAt: now },
      because(tenant.id, 'member.linked'),
    );
  }

  /** A new password by the mail that resets it; nobody is signed in by that. */
  async resetPassword(user: User): Promise<void> {
    const password = `goose ${createToken(chance)}`;
    await this.desk.givePassword(user, password);
    this.keys.set(user.id, { ...this.keys.get(user.id), password });
  }

  async setTenant({ tenant }: Place, facts: TenantFacts): Promise<void> {
    const { sso, breakGlass, secondFactor } = facts;
    const suspendedAt = facts.suspended ? now : null;
    await inTenant(this.database, tenant.id, (transaction) =>
      transaction.rows(
        'UPDATE tenants SET policy = policy || $2, sso_entitled = $3, suspended_at = $4 WHERE id = $1',
        [tenant.id, JSON.stringify({ sso, breakGlass, secondFactor }), facts.entitled, suspendedAt],
      ),
    );
  }

  async setMember({ tenant }: Place, id: MemberId, facts: MemberFacts): Promise<void> {
    const until = Number.isFinite(facts.exemptUntil) ? { until: new Date(facts.exemptUntil) } : {};
    const exemption = facts.exemptUntil > 0 ? JSON.stringify({ reason: 'model', ...until }) : null;
    await inTenant(this.database, tenant.id, (transaction) =>
      transaction.rows('UPDATE members SET sso = $3, exemption = $4 WHERE tenant_id = $1 AND id = $2', [
        ...[tenant.id, id, facts.own, exemption],
      ]),
    );
  }

  changeRole({ tenant }: Place, id: MemberId, role: MemberFacts['role']): Promise<Person> {
    return this.members.changeRole(tenant.id, id, role, operator);
  }

  suspend({ tenant }: Place, id: MemberId): Promise<Person> {
    return this.members.suspend(tenant.id, id, operator);
  }

  unsuspend({ tenant }: Place, id: MemberId): Promise<Person> {
    return this.members.unsuspend(tenant.id, id, operator);
  }

  async remove({ tenant }: Place, id: MemberId): Promise<void> {
    await this.members.remove(tenant.id, id, operator);
  }

  /** By e-mail and password as typed, and by whatever is asked for besides. */
  async byPassword({ tenant }: Place, user: User, typed = user.email): Promise<Session | undefined> {
    const { signIn, clock } = this.desk.parts;
    const keys = this.keys.get(user.id) ?? { password: 'never set' };
    const address = `10.${[...chance.bytes(3)].join('.')}`;
    const actor = { kind: 'person', address } as const;
    const visitor = { browserKey: createToken(chance), actor, language: 'en' } as const;
    const begun = { ...visitor, email: typed, password: keys.password, tenantId: tenant.id };
    let outcome = await signIn.begin(begun);
    // Each step of an authenticator app counts once.
    clock.pass(31);
    if (outcome.kind === 'enrol-second-factor') {
      const offered = await signIn.startEnrolment(visitor);
      const secret = offered?.secret ?? '';
      outcome = await signIn.continue({
        ...visitor,
        step: { kind: 'enrolled', code: codeOf(secret, clock.now()) },
      });
      this.keys.set(user.id, { ...keys, secret });
    } else if (outcome.kind === 'second-factor') {
      const code = codeOf(keys.secret ?? '', clock.now());
      outcome = await signIn.continue({ ...visitor, step: { kind: 'totp', code } });
    }
    clock.pass(31);
    return outcome.kind === 'signed-in' ? outcome.session : undefined;
  }

  /** A passkey whose holder was verified. */
  async byPasskey({ tenant }: Place, person: Person): Promise<Session | undefined> {
    const fresh = await new PostgresTenantStore(this.database, chance).find(tenant.id);
    const known = await new PostgresMemberStore(this.database, chance).find(tenant.id, person.member.id);
    if (!fresh || !known) return undefined;
    const { opener, clock } = this.desk.parts;
    const proof = { via: 'passkey', authenticatedAt: clock.now() } as const;
    return opener.open(fresh, known, proof, { kind: 'person' }).catch(() => undefined);
  }

  async bySso({ connection }: Place, { id: subject, email }: User): Promise<Session | undefined> {
    const authenticatedAt = this.desk.parts.clock.now();
    const identity: VerifiedIdentity = {
      ...{ issuer, subject, email, groups: [], attributes: {}, authenticatedAt },
      ...{ nameId: { value: subject }, assertionId: createToken(chance), rememberUntil: authenticatedAt },
      certificateFingerprint: 'AB',
    };
    const admitting = this.admission.admit(connection, identity, { kind: 'person' });
    const outcome = await admitting.catch(() => undefined);
    return outcome?.kind === 'session' ? outcome.session : undefined;
  }

  find({ id }: Session): Promise<SessionView | undefined> {
    return this.live.find(id);
  }

  pass(minutes: number): void {
    this.desk.parts.clock.pass(minutes * 60);
  }

  hasApp({ id }: User): boolean {
    return this.keys.get(id)?.secret !== undefined;
  }
}

/** The same mailbox to a mail server, another account to us. */
export function plusAddress(email: string): string {
  return email.replace('@', `+sso@`);
}

export function otherCase(email: string): string {
  return email.toUpperCase().replace(emailDomain(email).toUpperCase(), emailDomain(email));
}
