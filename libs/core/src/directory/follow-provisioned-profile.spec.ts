import { followProvisionedProfile, type ProvisionedProfileFacts } from './follow-provisioned-profile';

const user = { email: 'ada@acme.example', name: 'Ada' };

function given(facts: Partial<ProvisionedProfileFacts>): ProvisionedProfileFacts {
  return {
    ...{ user, before: user, profile: { email: 'ada.l@acme.example', name: 'Ada L.' } },
    ...{ brought: true, elsewhere: false, domainIsVerified: true, addressIsTaken: false, ...facts },
  };
}

describe('what an account takes over from its directory', () => {
  it('is a changed address and name, of an account that the directory brought [LNK-11]', () => {
    expect(followProvisionedProfile(given({}))).toEqual({
      take: { email: 'ada.l@acme.example', name: 'Ada L.' },
    });
  });

  it.each([
    [{ domainIsVerified: false, elsewhere: true }, 'domain_not_verified', {}],
    [{ elsewhere: true, addressIsTaken: true }, 'holder_decides', {}],
    [{ brought: false }, 'holder_decides', { name: 'Ada L.' }],
    [{ addressIsTaken: true }, 'address_in_use', { name: 'Ada L.' }],
  ] as const)('is not the address where %j [LNK-11] [LNK-8]', (facts, reason, take) => {
    const hold = { email: 'ada.l@acme.example', reason };
    expect(followProvisionedProfile(given(facts))).toEqual({ take, hold });
  });

  it('is nothing that the directory said before, or that is so already [LNK-11]', () => {
    const said = { email: 'Ada.L@acme.example', name: 'Ada L.' };
    expect(followProvisionedProfile(given({ before: said }))).toEqual({ take: {} });
    const same = { email: 'ADA@acme.example', name: 'Ada' };
    expect(followProvisionedProfile(given({ profile: same, before: undefined }))).toEqual({ take: {} });
    expect(followProvisionedProfile(given({ profile: {}, before: undefined }))).toEqual({ take: {} });
  });
});
