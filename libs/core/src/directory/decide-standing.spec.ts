import { directoryId, memberId } from '../shared/ids';
import { SteadyChance } from '../testing';
import { decideStanding, type StandingFacts } from './decide-standing';
import { standings } from './provisioned-person';

const now = new Date('2026-03-01T12:00:00Z');
const okta = directoryId.create(now, new SteadyChance());
const ada = { id: memberId.create(now, new SteadyChance()) };
const suspended = { ...ada, suspendedAt: now };

function given(facts: Partial<StandingFacts>): StandingFacts {
  return {
    ...{ directoryId: okta, wanted: 'active', hasAddress: true, domainIsVerified: true },
    ...{ memberIsTaken: false, removedByOthers: false, ...facts },
  };
}

function before(facts: Partial<NonNullable<StandingFacts['before']>> = {}) {
  return { active: true, standing: 'admitted', memberId: ada.id, ...facts } as const;
}

describe('what a directory’s word means', () => {
  it.each([
    ['somebody new is admitted', {}, 'admitted', 'admit'],
    ['a member becomes whom the directory has', { member: ada }, 'admitted', 'none'],
    ['who is one already stays', { member: ada, before: before() }, 'admitted', 'none'],
    ['no address, no admission', { hasAddress: false }, 'quarantined', 'quarantine'],
    ['no verified domain, no admission', { domainIsVerified: false }, 'quarantined', 'quarantine'],
    ['nobody’s second person', { member: ada, memberIsTaken: true }, 'quarantined', 'quarantine'],
    ['removed by somebody, not admitted', { removedByOthers: true }, 'quarantined', 'quarantine'],
    [
      'a member whose address somebody removed had',
      { member: ada, removedByOthers: true },
      'admitted',
      'none',
    ],
    [
      'a member stays one when the domain is lost',
      { member: ada, before: before(), domainIsVerified: false, hasAddress: false },
      'admitted',
      'none',
    ],
    [
      'its own suspension is lifted',
      {
        member: { ...suspended, suspendedBy: okta },
        before: before({ active: false, standing: 'deactivated' }),
      },
      'admitted',
      'lift',
    ],
    [
      'a person’s suspension is not',
      { member: suspended, before: before({ active: false, standing: 'deactivated' }) },
      'admitted',
      'none',
    ],
    [
      'another directory’s suspension is not',
      { member: { ...suspended, suspendedBy: directoryId.create(new Date(0), new SteadyChance()) } },
      'admitted',
      'none',
    ],
    [
      'who is wanted again is held no more',
      { member: ada, before: before({ active: false, standing: 'held' }) },
      'admitted',
      'none',
    ],
  ] as const)('%s [SCM-3] [SCM-9] [TEN-11] [LNK-8]', (_, facts, standing, effect) => {
    expect(decideStanding(given(facts))).toMatchObject({ standing, effect });
  });

  it.each([
    ['a member is suspended', { member: ada, before: before() }, 'deactivated', 'suspend'],
    ['who was never here is not', {}, 'deactivated', 'none'],
    ['who is suspended stays so', { member: suspended, before: before() }, 'deactivated', 'none'],
    ['not outside verified domains', { member: ada, domainIsVerified: false }, 'deactivated', 'none'],
    ['not another one’s member', { member: ada, memberIsTaken: true }, 'deactivated', 'none'],
    ['said before, nothing new', { member: ada, before: before({ active: false }) }, 'admitted', 'none'],
    [
      'new again behind a deletion',
      { member: ada, before: before({ active: false, deletedAt: now, standing: 'removed' }) },
      'deactivated',
      'suspend',
    ],
  ] as const)('inactive: %s [SCM-3]', (_, facts, standing, effect) => {
    expect(decideStanding(given({ ...facts, wanted: 'inactive' }))).toMatchObject({ standing, effect });
  });

  it.each([
    ['a member is removed', { member: ada, before: before() }, 'removed', 'remove'],
    [
      'a suspended one as well',
      { member: suspended, before: before({ active: false, standing: 'deactivated' }) },
      'removed',
      'remove',
    ],
    ['who is none is not', { before: before({ standing: 'quarantined' }) }, 'removed', 'none'],
    [
      'not outside verified domains',
      {
        member: ada,
        domainIsVerified: false,
        before: before({ memberId: memberId.create(new Date(0), new SteadyChance()) }),
      },
      'removed',
      'none',
    ],
    ['twice is once', { member: ada, before: before({ deletedAt: now }) }, 'admitted', 'none'],
  ] as const)('deleted: %s [SCM-3]', (_, facts, standing, effect) => {
    expect(decideStanding(given({ ...facts, wanted: 'deleted' }))).toMatchObject({ standing, effect });
  });

  it.each(['inactive', 'deleted'] as const)('held and %s, it is the owner’s to say [SCM-8]', (wanted) => {
    const held = { member: ada, before: before({ active: false, standing: 'held' }), wanted } as const;
    const decided = (verdict?: 'approved' | 'refused') => decideStanding(given({ ...held, verdict }));
    expect(decided()).toEqual({ standing: 'held', effect: 'none' });
    expect(decided('refused')).toEqual({ standing: 'admitted', effect: 'none' });
    expect(decided('approved')).toMatchObject({ effect: wanted === 'inactive' ? 'suspend' : 'remove' });
  });

  it('never touches a member outside verified domains who is not this person already [LNK-8]', () => {
    for (const wanted of ['active', 'inactive', 'deleted'] as const)
      for (const standing of standings)
        for (const active of [true, false]) {
          const stranger = before({
            active,
            standing,
            memberId: memberId.create(new Date(0), new SteadyChance()),
          });
          const { effect } = decideStanding(
            given({ wanted, member: ada, before: stranger, domainIsVerified: false, verdict: 'approved' }),
          );
          expect(['none', 'quarantine']).toContain(effect);
        }
  });
});
