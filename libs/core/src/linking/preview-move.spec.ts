import type { Role } from '../members/member';
import type { MoveCandidate } from './move-store';
import { previewMove, type MoveFacts } from './preview-move';

const createdAt = new Date('2026-01-01T00:00:00Z');

interface Given {
  readonly email?: string;
  readonly role?: Role;
  readonly suspendedAt?: Date;
  readonly linkedThere?: boolean;
}

/** Linked at the old identity provider as `old-<name>`. */
function candidate(name: string, given: Given = {}): MoveCandidate {
  const { email = `${name}@acme.example`, role = 'member', suspendedAt, linkedThere = false } = given;
  const user = { id: `user_${name}`, email, createdAt } as const;
  const ids = { id: `mem_${name}`, tenantId: 'ten_1', userId: user.id } as const;
  const member = { ...ids, role, sso: 'inherit', createdAt } as const;
  return {
    person: { user, member: { ...member, ...(suspendedAt && { suspendedAt }) } },
    links: [{ id: `link_${name}`, subject: `old-${name}` }],
    linkedThere,
  };
}

function preview(changes: Partial<MoveFacts>) {
  return previewMove({
    candidates: [],
    verifiedDomains: new Set(['acme.example']),
    mapping: [],
    takenSubjects: new Set(),
    administrators: new Set(),
    ...changes,
  });
}

/** What happens to the one member of a preview. */
function prospect(given: Given, changes: Partial<MoveFacts> = {}) {
  return preview({ candidates: [candidate('ada', given)], ...changes }).members[0]?.prospect;
}

describe('the preview of a move', () => {
  it('lets members follow by e-mail within the verified domains, whatever the letter case [CON-10] [LNK-8]', () => {
    expect(prospect({})).toEqual({ kind: 'follows_by_email' });
    expect(prospect({ email: 'Ada@ACME.example' })).toEqual({ kind: 'follows_by_email' });
  });

  it('says why somebody cannot follow [CON-10]', () => {
    const cannot = (reason: string) => ({ kind: 'cannot', reason });
    expect(prospect({ suspendedAt: createdAt })).toEqual(cannot('suspended'));
    for (const email of ['ada@gmail.com', 'ada@sub.acme.example', 'ada@acme.example.evil.example', 'ada'])
      expect(prospect({ email })).toEqual(cannot('email_outside_verified_domains'));
    expect(prospect({}, { verifiedDomains: new Set() })).toEqual(cannot('email_outside_verified_domains'));
  });

  it.each(['owner', 'admin'] as const)(
    'takes an %s along only if the approval names the member [CON-10]',
    (role) => {
      const reason = 'administrator_not_listed';
      expect(prospect({ role })).toEqual({ kind: 'cannot', reason });
      expect(prospect({ role }, { administrators: new Set(['mem_ada']) })).toEqual({
        kind: 'follows_by_email',
      });
      expect(prospect({ role }, { administrators: new Set(['mem_bob']) })).toEqual({
        kind: 'cannot',
        reason,
      });
    },
  );

  it('counts those who are linked through the target already apart [CON-10]', () => {
    const candidates = [candidate('ada', { linkedThere: true }), candidate('bob')];
    const { follows, counts } = preview({ candidates });
    expect(follows).toBe(1);
    expect(counts).toEqual({ already_linked: 1, follows_by_subject: 0, follows_by_email: 1, cannot: 0 });
  });

  it('expects the subject that a list gives for an e-mail or an old subject [CON-10]', () => {
    const follows = { kind: 'follows_by_subject', subject: 'new-1' };
    expect(prospect({}, { mapping: [{ email: 'ADA@acme.example', subject: 'new-1' }] })).toEqual(follows);
    expect(prospect({}, { mapping: [{ oldSubject: 'old-ada', subject: 'new-1' }] })).toEqual(follows);
    expect(prospect({}, { mapping: [{ oldSubject: 'OLD-ada', subject: 'new-1' }] })).toEqual({
      kind: 'follows_by_email',
    });
  });

  it('names the entries of a list that are about nobody who moves [CON-10]', () => {
    const stranger = { email: 'zoe@acme.example', subject: 'new-9' };
    const { unmatched, follows } = preview({ candidates: [candidate('ada')], mapping: [stranger] });
    expect(unmatched).toEqual([stranger]);
    expect(follows).toBe(1);
  });

  it('lets nobody follow by a list that names two subjects for one, or one subject for two [CON-10]', () => {
    const candidates = [candidate('ada'), candidate('bob'), candidate('eve')];
    const mapping = [
      { email: 'ada@acme.example', subject: 'new-1' },
      { oldSubject: 'old-ada', subject: 'new-2' },
      { email: 'bob@acme.example', subject: 'new-3' },
      { email: 'eve@acme.example', subject: 'new-3' },
    ];
    const { members, follows } = preview({ candidates, mapping });
    const ambiguous = { kind: 'cannot', reason: 'mapping_ambiguous' };
    expect(members.map((each) => each.prospect)).toEqual([ambiguous, ambiguous, ambiguous]);
    expect(follows).toBe(0);
  });

  it('lets nobody follow by an old subject that two had, at two issuers of the connection [CON-10] [LNK-1]', () => {
    const both = { links: [{ id: 'link_1', subject: '1001' }] } as const;
    const candidates = [
      { ...candidate('ada'), ...both },
      { ...candidate('bob'), ...both },
    ];
    const mapping = [{ oldSubject: '1001', subject: 'new-1' }];
    const ambiguous = { kind: 'cannot', reason: 'mapping_ambiguous' };
    const { members, unmatched } = preview({ candidates, mapping });
    expect(members.map((each) => each.prospect)).toEqual([ambiguous, ambiguous]);
    expect(unmatched).toEqual([]);
  });

  it('lets nobody follow by a subject that is somebody else’s already [CON-10] [LNK-1]', () => {
    const mapping = [{ email: 'ada@acme.example', subject: 'new-1' }];
    expect(prospect({}, { mapping, takenSubjects: new Set(['new-1']) })).toEqual({
      kind: 'cannot',
      reason: 'subject_taken',
    });
  });

  it('takes no member along by a list alone: domain, suspension and role count as ever [CON-10] [LNK-8]', () => {
    const mapping = [{ oldSubject: 'old-ada', subject: 'new-1' }];
    expect(prospect({ email: 'ada@gmail.com' }, { mapping })).toMatchObject({ kind: 'cannot' });
    expect(prospect({ suspendedAt: createdAt }, { mapping })).toMatchObject({ kind: 'cannot' });
    expect(prospect({ role: 'owner' }, { mapping })).toMatchObject({ kind: 'cannot' });
  });
});
