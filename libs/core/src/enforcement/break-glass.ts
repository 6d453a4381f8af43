import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { Person, Role } from '../members/member';
import { roles } from '../members/member';
import type { MemberId, TenantId } from '../shared/ids';
import type { SignInPolicy } from '../tenants/sign-in-policy';
import { isBreakGlass } from './decide-access';

/** Somebody who keeps a way in for emergencies, and whether it was shown to work (ENF-12). */
export interface BreakGlassPerson {
  readonly person: Person;
  /** When a password and a second factor were last proven together. */
  readonly provenAt?: Date;
  /** Whether that still counts: the password is the same, and a second factor is set up. */
  readonly proven: boolean;
}

export function breakGlassRoles({ breakGlass }: Pick<SignInPolicy, 'breakGlass'>): readonly Role[] {
  return roles.filter((role) => isBreakGlass({ breakGlass }, { role }));
}

/** The ways in for emergencies, and when each was last shown to work. */
export abstract class BreakGlassStore {
  /** By member ID; nobody who is suspended. */
  abstract people(
    tenantId: TenantId,
    roles: readonly Role[],
    page: Page,
  ): Promise<readonly BreakGlassPerson[]>;
  /** Records that this member proved password and second factor, the password at `provenAt`. */
  abstract prove(tenantId: TenantId, memberId: MemberId, provenAt: Date, because: Happening): Promise<void>;
}
