import { startingPolicy, type SignInPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import { invitationEnd, standingOf, type Invitation } from './invitation';
import { requireWayIn } from './require-way-in';

const now = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-11-22T12:00:00Z');

function aTenant(policy: Partial<SignInPolicy>, changes: Partial<Tenant> = {}): Tenant {
  return {
    ...{
      id: 'ten_1',
      slug: 'acme',
      name: 'Acme',
      associateByEmail: false,
      ssoEntitled: true,
      createdAt: now,
    },
    policy: { ...startingPolicy, sso: 'required', ...policy },
    ...changes,
  };
}

interface Case {
  readonly policy?: Partial<SignInPolicy>;
  readonly invited?: Partial<Invitation>;
  readonly ours?: boolean;
}

/** Of somebody from outside, invited as a member into a tenant that requires SSO. */
function ways({ policy = {}, invited = {}, ours = false }: Case) {
  return requireWayIn(aTenant(policy), { email: 'eve@mail.example', role: 'member', ...invited }, ours, now);
}

describe('inviting somebody', () => {
  const exemption = { reason: 'contractor' };
  const needed = expect.objectContaining({ code: 'exemption_needed' });

  it.each([
    ['from outside into a tenant that requires SSO', {}],
    ['from outside as an admin', { invited: { role: 'admin' } }],
    ['with an exemption that is over', { invited: { exemption: { reason: 'x', until: now } } }],
    [
      'on SSO whom no identity provider of the tenant knows',
      { policy: { sso: 'optional' }, invited: { sso: 'sso' } },
    ],
  ] as const)('needs an exemption for one %s [TEN-5] [ENF-4]', (_, given) => {
    expect(() => ways(given)).toThrow(needed);
  });

  it.each([
    ['is exempt', { invited: { exemption } }, { password: true, sso: false }],
    [
      'is exempt still',
      { invited: { exemption: { ...exemption, until: later } } },
      { password: true, sso: false },
    ],
    ['is set to a password', { invited: { sso: 'password' } }, { password: true, sso: false }],
    ['becomes an owner', { invited: { role: 'owner' } }, { password: true, sso: false }],
    [
      'comes to a tenant that leaves the choice',
      { policy: { sso: 'optional' } },
      { password: true, sso: false },
    ],
    ['comes to a tenant without SSO', { policy: { sso: 'off' } }, { password: true, sso: false }],
    ['has an address of the tenant', { ours: true }, { password: false, sso: true }],
    [
      'has an address of the tenant, and an exemption that is to be of use [ENF-5]',
      { ours: true, invited: { exemption } },
      { password: true, sso: true },
    ],
    [
      'starts on SSO where the tenant wants that of newcomers [ENF-7]',
      { ours: true, policy: { sso: 'optional' } },
      { password: false, sso: true },
    ],
    [
      'chooses where the tenant does not want it [ENF-7]',
      { ours: true, policy: { sso: 'optional', newMembersOnSso: false } },
      { password: true, sso: true },
    ],
    [
      'has an address of the tenant, without SSO',
      { ours: true, policy: { sso: 'off' } },
      { password: true, sso: false },
    ],
  ] as const)('finds a way in for one who %s [TEN-5]', (_, given, expected) => {
    expect(ways(given)).toEqual(expected);
  });

  it('says of a suspended tenant that it is, and not that an exemption would help', () => {
    const suspended = aTenant({}, { suspendedAt: now });
    const wanted = { email: 'eve@mail.example', role: 'member' } as const;
    expect(() => requireWayIn(suspended, wanted, false, now)).toThrow(
      expect.objectContaining({ code: 'tenant_suspended' }),
    );
  });
});

describe('an invitation', () => {
  const invitation: Invitation = {
    ...{ id: 'inv_1', tenantId: 'ten_1', email: 'eve@mail.example', role: 'member', language: 'en' },
    ...{ invitedBy: { kind: 'operator' }, state: 'open', createdAt: now, sentAt: now },
    expiresAt: invitationEnd(now, 1),
  };

  it('is open until its last moment, exclusively, unless it was used or revoked [TEN-5]', () => {
    expect(standingOf(invitation, new Date(later.getTime() - 1))).toBe('open');
    expect(standingOf(invitation, later)).toBe('expired');
    expect(standingOf({ ...invitation, state: 'accepted' }, later)).toBe('used');
    expect(standingOf({ ...invitation, state: 'revoked' }, now)).toBe('revoked');
  });
});
