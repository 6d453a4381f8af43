import type { Member } from '../members/member';
import { startingPolicy } from '../tenants/sign-in-policy';
import { aMemberPerson } from '../testing';
import type { MemberClass } from './census';
import type { MemberStanding } from './enforcement-store';
import { countOutcomes, foresee } from './outcome';

const at = new Date('2026-11-21T12:00:00Z');
const later = new Date('2026-12-01T00:00:00Z');
const required = { policy: { ...startingPolicy, sso: 'required' }, ssoEntitled: true } as const;

function aClass(given: Partial<MemberClass>): MemberClass {
  return {
    ...{ key: 'a class', role: 'member', sso: 'inherit', suspended: false },
    ...{ exemption: 'none', reach: 'none', members: 1, ...given },
  };
}

function aStanding(member: Partial<Member>, reach: MemberStanding['reach'] = 'none'): MemberStanding {
  return { person: aMemberPerson(member), reach };
}

describe('what would become of members, were single sign-on required', () => {
  it.each<[string, Partial<MemberClass>]>([
    ['linked', { reach: 'linked' }],
    ['links-by-email', { reach: 'by-email' }],
    ['not-linked', {}],
    ['not-linked', { exemption: 'over' }],
    ['not-linked', { role: 'admin' }],
    ['exempt', { exemption: 'running' }],
    ['exempt', { exemption: 'lasting', reach: 'linked' }],
    ['on-password', { sso: 'password' }],
    ['not-linked', { sso: 'sso', exemption: 'lasting' }],
    ['break-glass', { role: 'owner' }],
    ['suspended', { role: 'owner', suspended: true }],
  ])('is "%s" for %j [ENF-3]', (outcome, given) => {
    expect(countOutcomes(required, [aClass(given)], at)).toMatchObject({ [outcome]: 1 });
  });

  it('is counted over classes of any size [ENF-3]', () => {
    const classes = [aClass({ members: 90_000, reach: 'linked' }), aClass({ members: 10_000 }), aClass({})];
    expect(countOutcomes(required, classes, at)).toMatchObject({ linked: 90_000, 'not-linked': 10_001 });
  });

  it.each([
    ['at once', 'nobody linked', aStanding({}), at],
    [
      'when the exemption ends',
      'exempt for a time',
      aStanding({ exemption: { reason: 'x', until: later } }),
      later,
    ],
    ['never', 'exempt for good', aStanding({ exemption: { reason: 'x' } }), undefined],
    [
      'never',
      'exempt for a time, and linked',
      aStanding({ exemption: { reason: 'x', until: later } }, 'linked'),
      undefined,
    ],
    ['never', 'linked', aStanding({}, 'linked'), undefined],
  ])('takes access %s from who is %s [ENF-3]', (_when, _who, standing, losesAccessAt) => {
    expect(foresee(required, standing, at).losesAccessAt).toEqual(losesAccessAt);
  });

  it('is nothing while it is optional, but for those who are set to it [ENF-6]', () => {
    const optional = { ...required, policy: { ...startingPolicy, sso: 'optional' } } as const;
    const classes = [aClass({ members: 5 }), aClass({ sso: 'sso', members: 2 })];
    expect(countOutcomes(optional, classes, at)).toMatchObject({ free: 5, 'not-linked': 2 });
  });
});
