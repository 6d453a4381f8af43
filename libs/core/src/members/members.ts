import type { Happening } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { MemberId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import { requireGrant, type Authority } from './authority';
import { emailDomain, parseEmail, type MemberSso, type Person, type Role } from './member';
import type { MemberStore, NotChanged, SeenMember } from './member-store';
import { describeNewPerson } from './new-person';
import { startingSso } from './starting-sso';

export interface WantedMember {
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: Role;
  /** As the tenant's policy has it where nothing is said (ENF-7). */
  readonly sso?: MemberSso | undefined;
}

/** What members need to know of a tenant's domains. */
export interface OwnDomains {
  isVerified(tenantId: TenantId, name: string): Promise<boolean>;
}

/** Who belongs to a tenant, and as what. */
export class Members {
  constructor(
    private readonly store: MemberStore,
    private readonly domains: OwnDomains,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `conflict` when the person is a member already, `member_removed` when somebody removed this person. */
  async add(tenant: Tenant, who: WantedMember, by: Authority): Promise<Person> {
    requireGrant(by, who.role);
    const email = parseEmail(who.email);
    const domainIsVerified = await this.domains.isVerified(tenant.id, emailDomain(email));
    const sso = who.sso ?? startingSso(tenant, who.role, domainIsVerified);
    const person = describeNewPerson(tenant.id, { ...who, email, sso }, this.clock.now(), this.chance);
    const because = this.because('member.added', tenant.id, person.member.id, by);
    const outcome = await this.store.add(tenant.id, person, {
      ...because,
      after: { email, role: who.role, sso },
    });
    if (outcome.kind === 'added') return outcome.person;
    if (outcome.kind === 'removed') throw removedBefore(email);
    const message = 'This person is a member of the tenant already; change the role instead.';
    throw new SsoError('conflict', message, { got: email });
  }

  async get(tenantId: TenantId, id: MemberId): Promise<Person> {
    const person = await this.store.find(tenantId, id);
    if (person) return person;
    throw absent(id);
  }

  /** Throws `last_owner` when nobody would be left to own the tenant (TEN-2). */
  async changeRole(tenantId: TenantId, id: MemberId, role: Role, by: Authority): Promise<Person> {
    const { member } = await this.get(tenantId, id);
    requireGrant(by, member.role, role);
    const because = this.because('member.role_changed', tenantId, id, by);
    const change = { ...because, before: { role: member.role }, after: { role } };
    refuse(await this.store.changeRole(tenantId, member, role, change), member);
    return this.get(tenantId, id);
  }

  /** Keeps the member out until `unsuspend`, whatever a directory says meanwhile; throws `last_owner`. */
  async suspend(tenantId: TenantId, id: MemberId, by: Authority): Promise<Person> {
    const person = await this.get(tenantId, id);
    requireGrant(by, person.member.role);
    if (person.member.suspendedAt && person.member.suspendedBy === undefined) return person;
    const because = this.because('member.suspended', tenantId, id, by);
    refuse(await this.store.suspend(tenantId, person.member, because), person.member);
    return this.get(tenantId, id);
  }

  async unsuspend(tenantId: TenantId, id: MemberId, by: Authority): Promise<Person> {
    const person = await this.get(tenantId, id);
    requireGrant(by, person.member.role);
    if (!person.member.suspendedAt) return person;
    const because = this.because('member.unsuspended', tenantId, id, by);
    refuse(await this.store.unsuspend(tenantId, person.member, because), person.member);
    return this.get(tenantId, id);
  }

  /** Ends a membership at once, and for good until somebody says otherwise (TEN-6, TEN-11); throws `last_owner`. */
  async remove(tenantId: TenantId, id: MemberId, by: Authority) {
    const { user, member } = await this.get(tenantId, id);
    requireGrant(by, member.role);
    const because = this.because('member.removed', tenantId, id, by);
    const before = { email: user.email, role: member.role };
    const outcome = await this.store.remove(tenantId, member, { ...because, before });
    if (outcome.kind === 'removed') return outcome;
    throw refusal(outcome.kind, member);
  }

  private because(type: Happening['type'], tenantId: TenantId, subject: MemberId, { actor }: Authority) {
    return { type, tenantId, at: this.clock.now(), actor, subject };
  }
}

function refuse(outcome: 'changed' | NotChanged, seen: SeenMember): void {
  if (outcome !== 'changed') throw refusal(outcome, seen);
}

function refusal(outcome: NotChanged, { id }: SeenMember): SsoError {
  if (outcome === 'absent') return absent(id);
  if (outcome === 'last-owner')
    return new SsoError('last_owner', 'A tenant always has an owner: make someone else an owner first.');
  return new SsoError('conflict', 'Somebody changed this member meanwhile. Look again, then decide.', {
    got: id,
  });
}

function absent(id: MemberId): SsoError {
  return new SsoError('not_found', 'This tenant has no such member.', { got: id });
}

function removedBefore(email: string): SsoError {
  const message =
    'Somebody removed this person from the tenant: readmit the person first, or send an invitation.';
  return new SsoError('member_removed', message, { want: 'somebody who was not removed', got: email });
}
