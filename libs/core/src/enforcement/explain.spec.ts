import type { Member } from '../members/member';
import { startingPolicy, type SignInPolicy } from '../tenants/sign-in-policy';
import { aMemberPerson } from '../testing';
import { explainAccess } from './explain';
import type { AccessMethod } from './decide-access';

const at = new Date('2026-11-21T12:00:00Z');
const until = new Date('2026-12-01T00:00:00Z');

function explained(
  policy: Partial<SignInPolicy>,
  member: Partial<Member>,
  method: AccessMethod = 'password',
  when = at,
) {
  const tenant = { policy: { ...startingPolicy, ...policy }, ssoEntitled: true };
  return explainAccess(tenant, { person: aMemberPerson(member), reach: 'none' }, method, when);
}

describe('the reason for a decision', () => {
  it('names the rule, and says it in words [ENF-13]', () => {
    const { decision, sentence } = explained({ sso: 'required' }, {});
    expect(decision).toMatchObject({ allowed: false, rule: 'sso-required' });
    expect(sentence).toBe(
      'Single sign-on is required, and the member is neither exempt nor of a role that keeps a way in.',
    );
  });

  it('is that of the time that is asked about [ENF-13] [ENF-5]', () => {
    const exempt = { exemption: { reason: 'contractor', until } };
    const now = explained({ sso: 'required' }, exempt);
    expect(now).toMatchObject({ decision: { allowed: true, rule: 'exempt' } });
    expect(now.sentence).toContain('until 2026-12-01T00:00:00.000Z');
    expect(explained({ sso: 'required' }, exempt, 'password', until)).toMatchObject({
      decision: { allowed: false, rule: 'sso-required' },
    });
  });

  it('says what else is needed: a link, or a second factor [ENF-13]', () => {
    expect(explained({ sso: 'optional' }, {}, 'sso').sentence).toContain('a link must be made first');
    expect(explained({ sso: 'required' }, { role: 'owner' }).sentence).toContain('second factor');
    expect(explained({ sso: 'required' }, { role: 'owner' }, 'passkey').sentence).not.toContain(
      'second factor',
    );
  });
});
