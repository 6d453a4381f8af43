import type { Member } from '../members/member';
import { startingPolicy, type SignInPolicy } from '../tenants/sign-in-policy';
import { decideAccess, type AccessMethod } from './decide-access';
import { requireAccess } from './require-access';

const now = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-11-22T12:00:00Z');

interface Case {
  readonly policy?: Partial<SignInPolicy>;
  readonly ssoEntitled?: boolean;
  readonly tenantSuspendedAt?: Date;
  readonly member?: Partial<Member>;
  readonly method?: AccessMethod;
  readonly at?: Date;
}

/** A member of a tenant that requires single sign-on, who types a password. */
function question({ policy, ssoEntitled = true, tenantSuspendedAt, member, method, at }: Case) {
  return {
    tenant: {
      policy: { ...startingPolicy, sso: 'required', ...policy },
      ssoEntitled,
      ...(tenantSuspendedAt && { suspendedAt: tenantSuspendedAt }),
    },
    member: { role: 'member', sso: 'inherit', ...member },
    method: method ?? 'password',
    now: at ?? now,
  } as const;
}

function rule(given: Case): string {
  return decideAccess(question(given)).rule;
}

describe('who may use a password', () => {
  it.each([
    ['nobody where SSO is required, by whatever way that is ours [ENF-4]', {}, 'sso-required'],
    ['nobody by a passkey either [ENF-4]', { method: 'passkey' }, 'sso-required'],
    ['everybody where SSO is off [ENF-1]', { policy: { sso: 'off' } }, 'sso-not-in-effect'],
    ['everybody where SSO is optional [ENF-1]', { policy: { sso: 'optional' } }, 'sso-optional'],
    [
      'everybody of a tenant that is not entitled to SSO [TEN-9]',
      { ssoEntitled: false },
      'sso-not-in-effect',
    ],
    ['owners, for an emergency [ENF-4]', { member: { role: 'owner' } }, 'break-glass'],
    ['no admin, unless the tenant says so [ENF-4]', { member: { role: 'admin' } }, 'sso-required'],
    [
      'admins of a tenant that says so [ENF-4]',
      { member: { role: 'admin' }, policy: { breakGlass: 'owner-and-admin' } },
      'break-glass',
    ],
    ['whoever is exempt [ENF-5]', { member: { exemption: { reason: 'contractor' } } }, 'exempt'],
    ['whoever is exempt still [ENF-5]', { member: { exemption: { reason: 'x', until: later } } }, 'exempt'],
    [
      'nobody from the moment on at which the exemption ends [ENF-5]',
      { member: { exemption: { reason: 'x', until: now } } },
      'sso-required',
    ],
    ['a member set to a password [ENF-6]', { member: { sso: 'password' } }, 'member-on-password'],
    [
      'no member set to SSO, optional or exempt as may be [ENF-6]',
      { policy: { sso: 'optional' }, member: { sso: 'sso', exemption: { reason: 'x' } } },
      'member-on-sso',
    ],
    [
      'no admin set to SSO, where admins have a way in for emergencies [ENF-6]',
      { policy: { breakGlass: 'owner-and-admin' }, member: { role: 'admin', sso: 'sso' } },
      'member-on-sso',
    ],
    ['an owner, even one set to SSO [ENF-4]', { member: { role: 'owner', sso: 'sso' } }, 'break-glass'],
    ['no suspended member', { member: { role: 'owner', suspendedAt: now } }, 'member-suspended'],
    [
      'nobody of a suspended tenant',
      { member: { role: 'owner' }, tenantSuspendedAt: now },
      'tenant-suspended',
    ],
  ] as const)('is %s', (_, given, expected) => expect(rule(given)).toBe(expected));

  it('is an owner only with a second factor, in an emergency [LOG-6] [ENF-12]', () => {
    expect(decideAccess(question({ member: { role: 'owner' } }))).toMatchObject({ secondFactor: 'required' });
  });

  it('is whoever has no second factor too, unless the tenant wants one of everybody [LOG-5]', () => {
    const optional = { sso: 'optional' } as const;
    expect(decideAccess(question({ policy: optional }))).toMatchObject({ secondFactor: 'if-enrolled' });
    const strict = { ...optional, secondFactor: 'required' } as const;
    expect(decideAccess(question({ policy: strict }))).toMatchObject({ secondFactor: 'required' });
  });
});

describe('who may use single sign-on', () => {
  it.each([
    ['members, required or not [ENF-1]', { policy: { sso: 'optional' } }, 'signed-in-by-sso'],
    ['nobody where it is off [ENF-1]', { policy: { sso: 'off' } }, 'sso-off'],
    ['nobody of a tenant that is not entitled [TEN-9]', { ssoEntitled: false }, 'sso-not-entitled'],
    ['no member set to a password [LOG-7] [ENF-6]', { member: { sso: 'password' } }, 'member-not-on-sso'],
    ['no suspended member', { member: { suspendedAt: now } }, 'member-suspended'],
  ] as const)('is %s', (_, given, expected) => expect(rule({ ...given, method: 'sso' })).toBe(expected));

  it('is asked for no second factor of ours [LOG-6]', () => {
    const strict = question({ method: 'sso', policy: { secondFactor: 'required' } });
    expect(decideAccess(strict)).toMatchObject({ allowed: true, secondFactor: 'none' });
  });
});

describe('what refuses', () => {
  it('has a code, and names the rule that made it [ENF-13]', () => {
    expect(() => requireAccess(question({}))).toThrow(
      expect.objectContaining({
        code: 'sso_required',
        details: expect.objectContaining({ got: 'password, refused by the rule "sso-required"' }),
      }),
    );
  });

  it('names who is suspended before any policy', () => {
    const suspended = question({ member: { suspendedAt: now } });
    expect(() => requireAccess(suspended)).toThrow(expect.objectContaining({ code: 'member_suspended' }));
    const closed = question({ tenantSuspendedAt: now });
    expect(() => requireAccess(closed)).toThrow(expect.objectContaining({ code: 'tenant_suspended' }));
  });
});
