import type { Page } from '../audit/audit-log';
import type { Actor } from '../audit/happening';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { memberId, userId, type MemberId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { parseEmail, type Member, type MemberSso, type Person, type Role } from './member';
import type { MemberStore, NewPerson } from './member-store';

export interface Invitee {
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: Role;
  readonly sso?: MemberSso | undefined;
}

/** Describes a membership that does not exist yet. */
export function describeNewPerson(tenantId: TenantId, who: Invitee, now: Date, chance: Chance): NewPerson {
  const user = {
    id: userId.create(now, chance),
    email: parseEmail(who.email),
    ...(who.name === undefined ? {} : { name: who.name }),
    createdAt: now,
  };
  const member: Member = {
    id: memberId.create(now, chance),
    tenantId,
    userId: user.id,
    role: who.role,
    sso: who.sso ?? 'inherit',
    createdAt: now,
  };
  return { user, member };
}

/** Who belongs to a tenant, and as what. */
export class Members {
  constructor(
    private readonly store: MemberStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `conflict` when the person is a member already. */
  async add(tenantId: TenantId, who: Invitee, actor: Actor): Promise<Person> {
    const at = this.clock.now();
    const person = describeNewPerson(tenantId, who, at, this.chance);
    const because = { type: 'member.added', tenantId, at, actor, subject: person.member.id } as const;
    const after = { email: person.user.email, role: who.role };
    const outcome = await this.store.add(tenantId, person, { ...because, after });
    if (outcome.kind === 'added') return outcome.person;
    throw new SsoError(
      'conflict',
      'This person is a member of the tenant already; change the role instead.',
      {
        got: person.user.email,
      },
    );
  }

  async get(tenantId: TenantId, id: MemberId): Promise<Person> {
    const person = await this.store.find(tenantId, id);
    if (person) return person;
    throw new SsoError('not_found', 'This tenant has no such member.', { got: id });
  }

  list(tenantId: TenantId, page: Page): Promise<Person[]> {
    return this.store.list(tenantId, page);
  }

  /** Throws `last_owner` when nobody would be left to own the tenant (TEN-2). */
  async changeRole(tenantId: TenantId, id: MemberId, role: Role, actor: Actor): Promise<Person> {
    const before = await this.get(tenantId, id);
    const at = this.clock.now();
    const outcome = await this.store.changeRole(tenantId, id, role, {
      type: 'member.role_changed',
      tenantId,
      at,
      actor,
      subject: id,
      before: { role: before.member.role },
      after: { role },
    });
    if (outcome === 'last-owner')
      throw new SsoError('last_owner', 'A tenant always has an owner: make someone else an owner first.');
    return this.get(tenantId, id);
  }
}
