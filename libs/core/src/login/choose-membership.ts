import { decideAccess, type AccessMethod } from '../enforcement/decide-access';
import type { Membership } from '../members/memberships';
import type { TenantId } from '../shared/ids';

/** Where somebody goes who has proven who it is. */
export type MembershipChoice =
  /** Whether the policy lets the person in is asked next. */
  | { readonly kind: 'enter'; readonly membership: Membership }
  | { readonly kind: 'choose'; readonly among: readonly Membership[] }
  | { readonly kind: 'none' };

/** The one that was asked for, else the only one that admits this way in, else the person chooses. */
export function chooseMembership(
  all: readonly Membership[],
  method: AccessMethod,
  asked: TenantId | undefined,
  now: Date,
): MembershipChoice {
  if (asked !== undefined) return only(all.filter(({ tenant }) => tenant.id === asked));
  const standing = all.filter(({ tenant, member }) => !tenant.suspendedAt && !member.suspendedAt);
  const admitting = standing.filter((membership) => decideAccess({ ...membership, method, now }).allowed);
  if (admitting.length === 1) return only(admitting);
  if (standing.length > 1) return { kind: 'choose', among: standing };
  // What refuses the only one there is says why.
  return only(standing.length > 0 ? standing : all.slice(0, 1));
}

function only([membership]: readonly Membership[]): MembershipChoice {
  return membership ? { kind: 'enter', membership } : { kind: 'none' };
}
