import { startingPolicy, type SignInPolicy } from '../tenants/sign-in-policy';
import type { MemberClass } from './census';
import { comparePolicies } from './policy-difference';

const at = new Date('2026-11-21T12:00:00Z');

function under(policy: Partial<SignInPolicy>) {
  return { policy: { ...startingPolicy, ...policy }, ssoEntitled: true };
}

function aClass(key: string, members: number, given: Partial<MemberClass> = {}): MemberClass {
  return {
    ...{ key, members, role: 'member', sso: 'inherit', suspended: false },
    ...{ exemption: 'none', reach: 'linked', ...given },
  };
}

const census = {
  at,
  fingerprint: 'f',
  classes: [
    aClass('members', 40),
    aClass('more members', 2, { reach: 'none' }),
    aClass('owners', 1, { role: 'owner' }),
    aClass('admins', 3, { role: 'admin' }),
    aClass('on a password', 4, { sso: 'password' }),
    aClass('suspended', 5, { suspended: true }),
  ],
};

describe('the difference between two policies', () => {
  it('says way by way how many lose it [ENF-13]', () => {
    const found = comparePolicies(under({ sso: 'optional' }), under({ sso: 'required' }), census);
    const losers = { effect: 'loses', members: 45, classes: ['members', 'more members', 'admins'] };
    expect(found).toEqual([
      { method: 'password', ...losers },
      { method: 'password', effect: 'second-factor', members: 1, classes: ['owners'] },
      { method: 'passkey', ...losers },
      { method: 'passkey', effect: 'second-factor', members: 1, classes: ['owners'] },
    ]);
  });

  it('says who gains, and that nobody uses both [ENF-13] [LOG-7]', () => {
    const found = comparePolicies(under({ sso: 'off' }), under({ sso: 'optional' }), census);
    expect(found).toEqual([
      {
        method: 'sso',
        effect: 'gains',
        members: 46,
        classes: ['members', 'more members', 'owners', 'admins'],
      },
    ]);
  });

  it('is empty between a policy and itself [ENF-13]', () => {
    expect(comparePolicies(under({ sso: 'required' }), under({ sso: 'required' }), census)).toEqual([]);
  });
});
