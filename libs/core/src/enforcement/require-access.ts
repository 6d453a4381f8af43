import type { Member } from '../members/member';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import { decideAccess, type AccessDecision, type AccessQuestion } from './decide-access';

type Refused = Extract<AccessDecision, { allowed: false }>;

/** The decision that admits; throws the code of the one that refuses. */
export function requireAccess(question: AccessQuestion): Extract<AccessDecision, { allowed: true }> {
  refuseSuspended(question.tenant, question.member);
  const decision = decideAccess(question);
  if (decision.allowed) return decision;
  throw new SsoError(decision.code, messages[decision.code], {
    want: 'a way in that the policy of this organisation allows',
    got: `${question.method}, refused by the rule "${decision.rule}"`,
  });
}

const messages: Readonly<Record<Refused['code'], string>> = {
  tenant_suspended: 'This organisation is suspended. Ask the service that you use.',
  member_suspended: 'Your access is suspended. Ask an owner of your organisation.',
  sso_off: 'Single sign-on is switched off in this organisation. Sign in another way.',
  sso_not_entitled: 'This organisation cannot use single sign-on at present. Ask the service that you use.',
  sso_not_for_member:
    'Your account here signs in by password. Use it, or ask an admin to put you on single sign-on.',
  sso_required: 'Your organization requires SSO. Continue with its identity provider.',
};

/** Throws `tenant_suspended` or `member_suspended`. */
export function refuseSuspended(
  tenant: Pick<Tenant, 'suspendedAt'>,
  member: Pick<Member, 'suspendedAt'> | undefined,
): void {
  if (tenant.suspendedAt)
    throw new SsoError('tenant_suspended', messages.tenant_suspended, {
      want: 'an organisation that is not suspended',
      got: `suspended since ${tenant.suspendedAt.toISOString()}`,
    });
  if (member?.suspendedAt)
    throw new SsoError('member_suspended', messages.member_suspended, {
      want: 'a member who is not suspended',
      got: `suspended since ${member.suspendedAt.toISOString()}`,
    });
}
