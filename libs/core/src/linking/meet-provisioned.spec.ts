import type { Invitation } from '../invitations/invitation';
import type { Person } from '../members/member';
import { decideMembership, type MembershipFacts } from './decide-membership';
import { meetProvisioned } from './meet-provisioned';
import { claimedExternalId } from './pairing';
import type { ProvisionedMatch } from './provisioned-match';

const createdAt = new Date('2026-01-01T00:00:00Z');
const ida: Person = {
  user: { id: 'user_1', email: 'ida@acme.example', createdAt },
  member: { id: 'mem_1', tenantId: 'ten_1', userId: 'user_1', role: 'member', sso: 'inherit', createdAt },
};
const ben: Person = {
  user: { ...ida.user, id: 'user_2', email: 'ben@acme.example' },
  member: { ...ida.member, id: 'mem_2', userId: 'user_2' },
};
const suspended: Person = { ...ida, member: { ...ida.member, suspendedAt: createdAt } };

const invitation: Invitation = {
  ...{ id: 'inv_1', tenantId: 'ten_1', language: 'en', state: 'open', invitedBy: { kind: 'operator' } },
  ...{ email: 'ida@acme.example', role: 'member', createdAt, sentAt: createdAt, expiresAt: createdAt },
  openedAt: createdAt,
};

const aMatch = (given: Partial<ProvisionedMatch>): ProvisionedMatch => {
  return { paired: true, isOut: false, isFresh: true, email: 'ida@acme.example', ...given };
};
const unpaired = (given: Partial<ProvisionedMatch>) => aMatch({ paired: false, isFresh: false, ...given });

describe('whom an identity meets among the people of directories', () => {
  it('is the one member that a rule leads to, and nobody where it leads to several [SCM-10]', () => {
    const both = [aMatch({ person: ida }), aMatch({ person: ida, isFresh: false })];
    expect(meetProvisioned(both).met).toEqual({ person: ida, isFresh: true });
    expect(meetProvisioned([aMatch({ person: ida }), aMatch({ person: ben })]).met).toBeUndefined();
    expect(meetProvisioned([unpaired({ person: ida }), aMatch({})]).met).toBeUndefined();
    expect(meetProvisioned([])).toEqual({ deprovisioned: [] });
  });

  it('is fresh by the rule that leads there, and not by a directory that has no say in it [SCM-10]', () => {
    const matches = [aMatch({ person: ida, isFresh: false }), aMatch({ paired: false, person: ida })];
    expect(meetProvisioned(matches).met).toEqual({ person: ida, isFresh: false });
  });

  it('is kept out by any directory, unless another one lets it in [SCM-3]', () => {
    const out = unpaired({ isOut: true });
    expect(meetProvisioned([out]).deprovisioned).toEqual([out]);
    expect(meetProvisioned([out, unpaired({ person: ida })]).deprovisioned).toEqual([]);
    expect(meetProvisioned([out, unpaired({ person: suspended })]).deprovisioned).toEqual([out]);
  });
});

describe('the ID that an identity claims', () => {
  const identity = {
    subject: 'S-1',
    attributes: { number: ['4711'], several: ['1', '2'], none: [], empty: [''] },
  };
  const claimed = (attribute: string) => claimedExternalId({ by: 'external-id', attribute }, identity);

  it('is its subject, or the one value of the attribute that the tenant named [SCM-10]', () => {
    expect(claimedExternalId({ by: 'external-id' }, identity)).toBe('S-1');
    expect(claimed('number')).toBe('4711');
    expect(['several', 'none', 'empty', 'absent', 'toString', '__proto__'].map(claimed)).toEqual(
      Array.from({ length: 6 }),
    );
    expect(claimedExternalId({ by: 'email' }, identity)).toBeUndefined();
  });
});

function decide(changes: Partial<MembershipFacts>) {
  const usual = { emailIsKnown: true, domainIsVerified: true, jit: true, associateByEmail: false };
  return decideMembership({ ...usual, removed: [], ...changes });
}

describe('the decision on somebody whom a directory knows', () => {
  const met = { person: ida, isFresh: true };
  const confirm = { kind: 'confirm', person: ida };

  it('links who was brought and nobody set up since, at once [SCM-10]', () => {
    expect(decide({ met, sameEmail: ida })).toEqual({ kind: 'pair', person: ida });
    expect(decide({ met, emailIsKnown: false })).toEqual({ kind: 'pair', person: ida });
    const owner = { ...ida, member: { ...ida.member, role: 'owner' } } as const;
    const decision = decide({ met: { person: owner, isFresh: true }, sameEmail: owner });
    expect(decision).toEqual({ kind: 'pair', person: owner });
  });

  it('asks everybody else, as it does without a directory [SCM-10] [LNK-5]', () => {
    const used = { person: ida, isFresh: false };
    expect(decide({ met: used, sameEmail: ida })).toEqual(confirm);
    expect(decide({ met: used, emailIsKnown: false })).toEqual(confirm);
    expect(decide({ met, sameEmail: ida, unlinked: true })).toEqual(confirm);
    expect(decide({ met: used, sameEmail: ida, associateByEmail: true })).toEqual({
      kind: 'associate',
      person: ida,
    });
  });

  it('asks where the address that came is somebody else’s, here or elsewhere [SCM-10] [LNK-5]', () => {
    expect(decide({ met, sameEmail: ben })).toEqual(confirm);
    expect(decide({ met })).toEqual(confirm);
  });

  it('lets nothing happen outside the verified domains, nor a link be outdone [SCM-10] [LNK-8] [LNK-1]', () => {
    const refusal = { kind: 'refuse', code: 'email_domain_not_verified' };
    expect(decide({ met, sameEmail: ida, domainIsVerified: false })).toEqual(refusal);
    expect(decide({ met, linked: ben })).toEqual({ kind: 'sign-in', person: ben });
  });

  it('keeps out whom the directory keeps out, by every way, but not against an invitation [SCM-3] [TEN-11]', () => {
    const deprovisioned = [{ email: 'ida@acme.example' }];
    const ways: Partial<MembershipFacts>[] = [
      {},
      { emailIsKnown: false },
      { sameEmail: ida, associateByEmail: true },
      { following: { moveId: 'move_1', person: ida } },
      { joining: ida.user },
      { met },
    ];
    for (const way of ways)
      expect(decide({ ...way, deprovisioned })).toEqual({ kind: 'refuse', code: 'deprovisioned' });
    expect(decide({ deprovisioned, invitation })).toEqual({ kind: 'invited', invitation });
    for (const email of [{ email: 'other@acme.example' }, {}])
      expect(decide({ deprovisioned: [email], invitation })).toMatchObject({ code: 'deprovisioned' });
  });
});
