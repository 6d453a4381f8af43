import { startingPolicy, type SignInPolicy } from '../tenants/sign-in-policy';
import { startingSso } from './starting-sso';
import type { Role } from './member';

interface Case {
  readonly policy?: Partial<SignInPolicy>;
  readonly ssoEntitled?: boolean;
  readonly role?: Role;
  readonly domainIsVerified?: boolean;
}

function begins({ policy, ssoEntitled = true, role = 'member', domainIsVerified = true }: Case) {
  const tenant = { policy: { ...startingPolicy, sso: 'optional', ...policy }, ssoEntitled } as const;
  return startingSso(tenant, role, domainIsVerified);
}

describe('the setting with which a new member begins', () => {
  it.each([
    ['SSO once it is on for the tenant, by default', {}, 'sso'],
    ['SSO where it is required', { policy: { sso: 'required' } }, 'sso'],
    ['SSO for admins too', { role: 'admin' }, 'sso'],
    ["the tenant's rule where SSO is off", { policy: { sso: 'off' } }, 'inherit'],
    ["the tenant's rule where it is not entitled to SSO", { ssoEntitled: false }, 'inherit'],
    ["the tenant's rule where it chose so", { policy: { newMembersOnSso: false } }, 'inherit'],
    ["the tenant's rule for owners", { role: 'owner' }, 'inherit'],
    ["the tenant's rule outside its verified domains", { domainIsVerified: false }, 'inherit'],
  ] as const)('is %s [ENF-7]', (_, given, expected) => expect(begins(given)).toBe(expected));
});
