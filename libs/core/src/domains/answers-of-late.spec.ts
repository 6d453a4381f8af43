import { SystemChance } from '../shared/chance';
import { domainId, tenantId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { AnswersOfLate } from './answers-of-late';
import type { Look } from './look-at-domain';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();
const aTenant = () => tenantId.create(now, chance);
const refusal = new SsoError('domain_proof_missing', 'There is none.');

function aLook(of: TenantId, isThere: boolean): Look {
  const named = { id: domainId.create(now, chance), tenantId: of, name: 'acme.example' };
  const domain = {
    ...named,
    token: 'a',
    tokenExpiresAt: now,
    createdAt: now,
    verifiedAt: now,
    nextCheckAt: now,
  };
  const claimed = { domain, heldElsewhere: false };
  const there = { outcome: 'found', found: [], token: 'a' } as const;
  const reading = isThere ? there : ({ outcome: 'absent', found: [], refusal } as const);
  return { claimed, by: 'dns-txt', reading };
}

describe('the answers of late', () => {
  it('are not made doubtful by a tenant that takes all its records away, however many it has [DOM-8]', () => {
    const answers = new AnswersOfLate();
    const [big, others] = [aTenant(), Array.from({ length: 30 }, aTenant)];
    answers.note(others.map((each) => aLook(each, true)));
    for (let round = 0; round < 20; round++) {
      answers.note(Array.from({ length: 50 }, () => aLook(big, false)));
      expect(answers.areDoubtful()).toBe(false);
    }
    // What somebody else has lost is believed, too.
    answers.note([aLook(aTenant(), false)]);
    expect(answers.areDoubtful()).toBe(false);
  });

  it('are doubtful where the domains of most tenants are denied, or most of the only one [DOM-8]', () => {
    const [many, one] = [new AnswersOfLate(), new AnswersOfLate()];
    many.note(Array.from({ length: 40 }, () => aLook(aTenant(), true)));
    many.note(Array.from({ length: 20 }, () => aLook(aTenant(), false)));
    expect(many.areDoubtful()).toBe(false);
    many.note([aLook(aTenant(), false)]);
    expect(many.areDoubtful()).toBe(true);
    const only = aTenant();
    one.note(Array.from({ length: 40 }, () => aLook(only, true)));
    one.note(Array.from({ length: 21 }, () => aLook(only, false)));
    expect(one.areDoubtful()).toBe(true);
  });
});
