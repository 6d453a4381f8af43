import type { Person } from '../members/member';
import { decideMembership, grantedRole, type MembershipFacts } from './decide-membership';

const createdAt = new Date('2026-01-01T00:00:00Z');
const ida: Person = {
  user: { id: 'user_1', email: 'ida@acme.example', createdAt },
  member: { id: 'mem_1', tenantId: 'ten_1', userId: 'user_1', role: 'member', sso: 'inherit', createdAt },
};

function facts(changes: Partial<MembershipFacts>): MembershipFacts {
  return { emailIsKnown: false, domainIsVerified: true, jit: true, associateByEmail: false, ...changes };
}

describe('decideMembership', () => {
  it('lets a link decide alone, even after the domain has lapsed [LNK-1] [DOM-8]', () => {
    const decision = decideMembership(facts({ linked: ida, domainIsVerified: false, jit: false }));
    expect(decision).toEqual({ kind: 'sign-in', person: ida });
  });

  it('lets a new person in where JIT is on and the domain is verified [LNK-6]', () => {
    expect(decideMembership(facts({}))).toEqual({ kind: 'admit' });
  });

  it('refuses every unlinked identity outside the verified domains, whatever is switched on [LNK-8]', () => {
    const open = { domainIsVerified: false, jit: true, associateByEmail: true };
    const refusal = { kind: 'refuse', code: 'email_domain_not_verified' };
    expect(decideMembership(facts(open))).toEqual(refusal);
    expect(decideMembership(facts({ ...open, sameEmail: ida, emailIsKnown: true }))).toEqual(refusal);
  });

  it('asks an existing member to link instead of matching by e-mail [LNK-1]', () => {
    const decision = decideMembership(facts({ sameEmail: ida, emailIsKnown: true }));
    expect(decision).toEqual({ kind: 'refuse', code: 'link_required' });
  });

  it('lets an identity follow an approved move, and even that only inside the verified domains [CON-10] [LNK-8]', () => {
    const following = { moveId: 'move_1', person: ida } as const;
    const moved = { following, sameEmail: ida, emailIsKnown: true };
    expect(decideMembership(facts(moved))).toEqual({ kind: 'follow', ...following });
    expect(decideMembership(facts({ ...moved, domainIsVerified: false }))).toEqual({
      kind: 'refuse',
      code: 'email_domain_not_verified',
    });
  });

  it('never takes over a user of other tenants by e-mail, not even with association [LNK-7]', () => {
    const decision = decideMembership(facts({ emailIsKnown: true, associateByEmail: true }));
    expect(decision).toEqual({ kind: 'refuse', code: 'link_required' });
  });

  it('associates a member by e-mail only where the tenant chose so [LNK-9]', () => {
    const decision = decideMembership(facts({ sameEmail: ida, emailIsKnown: true, associateByEmail: true }));
    expect(decision).toEqual({ kind: 'associate', person: ida });
  });

  it('keeps strangers out where JIT is off [LNK-6]', () => {
    expect(decideMembership(facts({ jit: false }))).toEqual({ kind: 'refuse', code: 'jit_disabled' });
  });
});

describe('the role of somebody who comes in', () => {
  const rules = {
    defaultRole: 'viewer',
    groupRoles: [
      { group: 'it', role: 'admin' },
      { group: 'staff', role: 'member' },
    ],
  } as const;

  it('is that of the first rule whose group came, else the default [CON-12]', () => {
    expect(grantedRole(rules, ['staff', 'it'])).toBe('admin');
    expect(grantedRole(rules, ['staff'])).toBe('member');
    expect(grantedRole(rules, ['Staff', 'guests'])).toBe('viewer');
  });

  it('is the one that the role attribute names, but never one over others unless a rule says so [CON-11]', () => {
    expect(grantedRole(rules, [], 'member')).toBe('member');
    expect(grantedRole({ ...rules, defaultRole: 'member' }, [], 'viewer')).toBe('viewer');
    for (const named of ['admin', 'owner', 'Member', '__proto__', ''])
      expect(grantedRole(rules, [], named)).toBe('viewer');
    expect(grantedRole(rules, [], 'it')).toBe('admin');
    expect(grantedRole(rules, ['it'], 'member')).toBe('admin');
  });
});
