import { SsoError } from '../shared/sso-error';
import type { SignInPolicy } from './sign-in-policy';

/**
 * Throws `sso_still_required` or `members_on_sso`: single sign-on ends for people first, then for the tenant, and the
 * connection is taken away last (TEN-10).
 */
export function refuseWhileNeeded({ sso }: Pick<SignInPolicy, 'sso'>, membersOnSso: number): void {
  if (sso === 'required')
    throw new SsoError(
      'sso_still_required',
      'Single sign-on is required in this organisation. Make it optional first.',
      { want: 'optional', got: sso },
    );
  if (sso === 'optional' && membersOnSso > 0) throw membersOnSsoLeft(membersOnSso);
}

function membersOnSsoLeft(members: number): SsoError {
  const who = members === 1 ? '1 member has' : `${members} members have`;
  return new SsoError(
    'members_on_sso',
    `${who} single sign-on as their own setting. Set all members to "inherit" first, then repeat this.`,
    { want: 0, got: members, members },
  );
}
