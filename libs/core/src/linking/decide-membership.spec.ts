import type { Invitation } from '../invitations/invitation';
import type { Person } from '../members/member';
import { decideMembership, grantedRole, type MembershipFacts } from './decide-membership';

const createdAt = new Date('2026-01-01T00:00:00Z');
const ida: Person = {
  user: { id: 'user_1', email: 'ida@acme.example', createdAt },
  member: { id: 'mem_1', tenantId: 'ten_1', userId: 'user_1', role: 'member', sso: 'inherit', createdAt },
};

function facts(changes: Partial<MembershipFacts>): MembershipFacts {
  const usual = { emailIsKnown: false, domainIsVerified: true, jit: true, associateByEmail: false };
  return { ...usual, removed: [], ...changes };
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

  it('asks an existing member to link instead of matching by e-mail [LNK-1] [LNK-5]', () => {
    const decision = decideMembership(facts({ sameEmail: ida, emailIsKnown: true }));
    expect(decision).toEqual({ kind: 'confirm', person: ida });
  });

  it.each(['admin', 'viewer'] as const)('asks an %s to link, too [LNK-5]', (role) => {
    const person = { ...ida, member: { ...ida.member, role } };
    const decision = decideMembership(facts({ sameEmail: person, emailIsKnown: true }));
    expect(decision).toEqual({ kind: 'confirm', person });
  });

  it('links no owner by a mailbox alone, which would go past the second factor [LNK-5]', () => {
    const owner = { ...ida, member: { ...ida.member, role: 'owner' } } as const;
    const decision = decideMembership(facts({ sameEmail: owner, emailIsKnown: true }));
    expect(decision).toEqual({ kind: 'refuse', code: 'link_required' });
  });

  it('asks who was unlinked on purpose, whatever association or move would do by itself [LNK-10]', () => {
    const unlinked = { sameEmail: ida, emailIsKnown: true, unlinked: true };
    const following = { moveId: 'move_1', person: ida } as const;
    const confirm = { kind: 'confirm', person: ida };
    expect(decideMembership(facts({ ...unlinked, associateByEmail: true }))).toEqual(confirm);
    expect(decideMembership(facts({ ...unlinked, following }))).toEqual(confirm);
  });

  it('lets a user of other tenants join after a confirmation, where the connection says so [LNK-7]', () => {
    const joining = ida.user;
    const known = { emailIsKnown: true, joining };
    expect(decideMembership(facts(known))).toEqual({ kind: 'confirm-joining', user: joining });
    expect(decideMembership(facts({ ...known, domainIsVerified: false }))).toEqual({
      kind: 'refuse',
      code: 'email_domain_not_verified',
    });
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

  it('associates nobody who is linked to another identity there: a colleague may have taken the address [LNK-11] [LNK-9]', () => {
    const taken = { sameEmail: ida, emailIsKnown: true, associateByEmail: true, linkedOtherwise: true };
    expect(decideMembership(facts(taken))).toEqual({ kind: 'confirm', person: ida });
    const owner = { ...ida, member: { ...ida.member, role: 'owner' } } as const;
    expect(decideMembership(facts({ ...taken, sameEmail: owner }))).toEqual({
      kind: 'refuse',
      code: 'link_required',
    });
  });

  it('keeps strangers out where JIT is off [LNK-6]', () => {
    expect(decideMembership(facts({ jit: false }))).toEqual({ kind: 'refuse', code: 'jit_disabled' });
  });
});

describe('somebody who was invited', () => {
  const invited: Invitation = {
    ...{ id: 'inv_1', tenantId: 'ten_1', email: 'ida@acme.example', role: 'member', language: 'en' },
    ...{ invitedBy: { kind: 'operator' }, state: 'open', createdAt, sentAt: createdAt, expiresAt: createdAt },
  };
  const opened = { ...invited, openedAt: createdAt };

  it('comes in by SSO as invited, JIT or not, even where nobody opened the mail: a newcomer like by JIT [TEN-5] [LNK-7]', () => {
    expect(decideMembership(facts({ jit: false, invitation: invited }))).toEqual({
      kind: 'invited',
      invitation: invited,
    });
  });

  it('keeps an account of other tenants to its owner until the mail was opened [TEN-5] [LNK-1]', () => {
    expect(decideMembership(facts({ emailIsKnown: true, invitation: invited }))).toEqual({
      kind: 'refuse',
      code: 'link_required',
    });
    expect(decideMembership(facts({ emailIsKnown: true, invitation: opened }))).toEqual({
      kind: 'invited',
      invitation: opened,
    });
  });

  it.each(['owner', 'admin'] as const)(
    'becomes no %s by the word of an identity provider alone: the mail is opened first [TEN-5] [TEN-3]',
    (role) => {
      const unopened = decideMembership(facts({ invitation: { ...invited, role } }));
      expect(unopened).toEqual({ kind: 'refuse', code: 'invitation_unopened' });
      expect(decideMembership(facts({ invitation: { ...opened, role } })).kind).toBe('invited');
    },
  );

  it('is let in nowhere outside the verified domains, opened or not [LNK-8]', () => {
    expect(decideMembership(facts({ domainIsVerified: false, invitation: opened }))).toEqual({
      kind: 'refuse',
      code: 'email_domain_not_verified',
    });
  });

  it('links to a member as ever: an invitation takes no membership over [LNK-1]', () => {
    expect(decideMembership(facts({ sameEmail: ida, emailIsKnown: true, invitation: opened }))).toEqual({
      kind: 'confirm',
      person: ida,
    });
  });

  it('joins by the invitation, not by the switch, which would know another role [TEN-5] [LNK-7]', () => {
    const known = { emailIsKnown: true, joining: ida.user, invitation: opened };
    expect(decideMembership(facts(known))).toEqual({ kind: 'invited', invitation: opened });
  });
});

describe('somebody who was removed', () => {
  const removed = [{ email: 'ida@acme.example' }];
  const refusal = { kind: 'refuse', code: 'member_removed' };
  const invitation: Invitation = {
    ...{ id: 'inv_1', tenantId: 'ten_1', email: 'IDA@acme.example', role: 'member', language: 'en' },
    ...{ invitedBy: { kind: 'operator' }, state: 'open', createdAt, sentAt: createdAt, expiresAt: createdAt },
    openedAt: createdAt,
  };

  it('comes back by nothing that the tenant switched on: JIT, association or a move [TEN-11]', () => {
    const following = { moveId: 'move_1', person: ida } as const;
    expect(decideMembership(facts({ removed }))).toEqual(refusal);
    expect(decideMembership(facts({ removed, sameEmail: ida, associateByEmail: true }))).toEqual(refusal);
    expect(decideMembership(facts({ removed, following }))).toEqual(refusal);
  });

  it('comes back by an invitation, whose mail was opened [TEN-11] [TEN-5]', () => {
    expect(decideMembership(facts({ removed, emailIsKnown: true, invitation })).kind).toBe('invited');
    const { openedAt: _, ...unopened } = invitation;
    expect(decideMembership(facts({ removed, emailIsKnown: true, invitation: unopened }))).toEqual({
      kind: 'refuse',
      code: 'link_required',
    });
  });

  it('does not come back by the invitation of a colleague whose address the identity took [TEN-11]', () => {
    const colleagues = { ...invitation, email: 'new@acme.example' };
    expect(decideMembership(facts({ removed, invitation: colleagues }))).toEqual(refusal);
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
