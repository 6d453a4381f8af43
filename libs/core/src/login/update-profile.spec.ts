import type { ProfileFacts } from './profile-store';
import { decideProfile } from './update-profile';

const ours: ProfileFacts = { elsewhere: false, domainIsVerified: true, addressIsTaken: false };
const email = 'Ida.New@acme.example';

describe('what becomes of another e-mail or name', () => {
  it('is taken where it is this tenant’s to say, and the address nobody else’s [LNK-11]', () => {
    expect(decideProfile({ email, name: 'Ida' }, ours)).toEqual({ kind: 'take', email, name: 'Ida' });
    expect(decideProfile({ name: 'Ida' }, { ...ours, domainIsVerified: false })).toEqual({
      kind: 'take',
      name: 'Ida',
    });
  });

  it.each([
    ['domain_not_verified', { domainIsVerified: false, addressIsTaken: true, elsewhere: true }],
    ['holder_decides', { elsewhere: true, addressIsTaken: true }],
    ['address_in_use', { addressIsTaken: true }],
  ] as const)(
    'is held where the reason is %s, which says no more than has to be said [LNK-11]',
    (reason, facts) => {
      expect(decideProfile({ email, name: 'Ida' }, { ...ours, ...facts })).toEqual({
        kind: 'hold',
        email,
        reason,
      });
    },
  );

  it('is told of once: what is held already changes nothing, and lets a name through [LNK-11]', () => {
    const held = { ...ours, addressIsTaken: true, held: 'ida.new@acme.example' };
    expect(decideProfile({ email }, held)).toEqual({ kind: 'nothing' });
    expect(decideProfile({ email, name: 'Ida' }, held)).toEqual({ kind: 'take', name: 'Ida' });
    expect(decideProfile({ email: 'other@acme.example' }, held).kind).toBe('hold');
    expect(decideProfile({ name: 'Ida' }, { ...held, elsewhere: true })).toEqual({ kind: 'nothing' });
  });
});
