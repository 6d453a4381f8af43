import type { Chance } from '../shared/chance';
import { memberId, userId, type TenantId } from '../shared/ids';
import { parseEmail, type Exemption, type MemberSso, type Role } from './member';
import type { NewPerson } from './member-store';

/** What is known of somebody who becomes a member. */
export interface Newcomer {
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: Role;
  readonly sso: MemberSso;
  readonly exemption?: Exemption | undefined;
}

/** Describes a membership that does not exist yet. */
export function describeNewPerson(tenantId: TenantId, who: Newcomer, now: Date, chance: Chance): NewPerson {
  const user = {
    id: userId.create(now, chance),
    email: parseEmail(who.email),
    ...(who.name === undefined ? {} : { name: who.name }),
    createdAt: now,
  };
  const member = {
    id: memberId.create(now, chance),
    tenantId,
    userId: user.id,
    role: who.role,
    sso: who.sso,
    ...(who.exemption === undefined ? {} : { exemption: who.exemption }),
    createdAt: now,
  };
  return { user, member };
}
