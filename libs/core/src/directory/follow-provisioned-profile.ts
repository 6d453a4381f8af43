import type { HoldReason } from '../login/update-profile';
import { emailKey, type User } from '../members/member';
import type { ProvisionedProfile } from './provisioned-person';

/** What decides whether address and name of a directory's person become those of the account. */
export interface ProvisionedProfileFacts {
  readonly user: Pick<User, 'email' | 'name'>;
  readonly profile: Pick<ProvisionedProfile, 'email' | 'name'>;
  /** What the directory said last; absent where the account was somebody else's word until now. */
  readonly before?: Pick<ProvisionedProfile, 'email' | 'name'> | undefined;
  /** Whether the account came about by this directory. */
  readonly brought: boolean;
  /** Whether the user is a member of other tenants as well. */
  readonly elsewhere: boolean;
  readonly domainIsVerified: boolean;
  readonly addressIsTaken: boolean;
}

export interface ProvisionedProfileDecision {
  readonly take: { readonly email?: string; readonly name?: string };
  readonly hold?: { readonly email: string; readonly reason: HoldReason };
}

/**
 * A changed address or name goes on with the account it belongs to (LNK-11): of somebody who is in other tenants as well the
 * directory changes nothing, and of an account that it did not bring about not the address.
 */
export function followProvisionedProfile(facts: ProvisionedProfileFacts): ProvisionedProfileDecision {
  const { user, profile, before, elsewhere } = facts;
  const { email, name } = profile;
  const renamed = name !== undefined && name !== user.name && name !== before?.name && !elsewhere;
  const naming = renamed ? { name } : {};
  if (email === undefined || !hasMoved(email, facts)) return { take: naming };
  const reason = reasonToHold(facts);
  return reason ? { take: naming, hold: { email, reason } } : { take: { email, ...naming } };
}

function hasMoved(email: string, { user, before }: ProvisionedProfileFacts): boolean {
  const key = emailKey(email);
  return key !== emailKey(user.email) && (before?.email === undefined || key !== emailKey(before.email));
}

function reasonToHold(facts: ProvisionedProfileFacts): HoldReason | undefined {
  if (!facts.domainIsVerified) return 'domain_not_verified';
  if (facts.elsewhere || !facts.brought) return 'holder_decides';
  return facts.addressIsTaken ? 'address_in_use' : undefined;
}
