import type { Role } from '../members/member';
import { blockOf, recognise } from './follow-move';
import { moveEnd, moveState, type MovingMember, type MovingPerson } from './move';

const at = new Date('2026-01-01T00:00:00Z');
const verified = new Set(['acme.example']);

interface Given {
  readonly emailNow?: string;
  readonly role?: Role;
  readonly row?: Partial<MovingMember>;
  readonly linkedStill?: boolean;
  readonly linkedThere?: boolean;
}

function moving(name: string, given: Given = {}): MovingPerson {
  const email = `${name}@acme.example`;
  const { emailNow = email, role = 'member', linkedStill = true, linkedThere = false } = given;
  const user = { id: `user_${name}`, email: emailNow, createdAt: at } as const;
  const ids = { id: `mem_${name}`, tenantId: 'ten_1', userId: user.id } as const;
  const member = { ...ids, role, sso: 'inherit', createdAt: at } as const;
  const row: MovingMember = {
    moveId: 'move_1',
    tenantId: 'ten_1',
    memberId: member.id,
    email,
    oldLinkId: `link_${name}`,
    oldSubject: `old-${name}`,
    listed: false,
    state: 'pending',
    ...given.row,
  };
  return { row, person: { user, member }, linkedStill, linkedThere };
}

describe('whom an identity stands for in a move', () => {
  const [ada, bob] = [moving('ada'), moving('bob', { row: { expectedSubject: 'b-2' } })];

  it('is the member with the approved e-mail, in whatever letter case [CON-10]', () => {
    expect(recognise([ada, bob], { subject: 'x', email: 'ADA@acme.example' })).toBe(ada);
    expect(recognise([ada, bob], { subject: 'x', email: 'eve@acme.example' })).toBeUndefined();
  });

  it('is the member whose subject was listed, who follows by nothing else [CON-10] [LNK-11]', () => {
    expect(recognise([ada, bob], { subject: 'b-2', email: 'robert@acme.example' })).toBe(bob);
    expect(recognise([ada, bob], { subject: 'x', email: 'bob@acme.example' })).toBeUndefined();
    expect(recognise([ada, bob], { subject: 'B-2', email: 'bob@acme.example' })).toBeUndefined();
  });

  it('is decided by the subject where subject and e-mail name two members [CON-10]', () => {
    expect(recognise([ada, bob], { subject: 'b-2', email: 'ada@acme.example' })).toBe(bob);
  });
});

describe('a pending member', () => {
  it('follows while nothing has changed since the approval [CON-10]', () => {
    expect(blockOf(moving('ada'), verified)).toBeUndefined();
    expect(blockOf(moving('ada', { emailNow: 'ADA@acme.example' }), verified)).toBeUndefined();
    expect(blockOf(moving('ada', { role: 'owner', row: { listed: true } }), verified)).toBeUndefined();
  });

  it.each([
    ['unlinked', 'the old link was taken away', { linkedStill: false }],
    ['linked_otherwise', 'another identity of the target was linked', { linkedThere: true }],
    ['email_changed', 'the e-mail is another one by now', { emailNow: 'ada.b@acme.example' }],
    ['administrator_not_listed', 'somebody became an admin who was not approved as one', { role: 'admin' }],
    ['administrator_not_listed', 'somebody became an owner who was not approved as one', { role: 'owner' }],
  ] as const)('is blocked (%s) where %s [CON-10] [LNK-10]', (block, _, given) => {
    expect(blockOf(moving('ada', given), verified)).toBe(block);
  });

  it('is blocked where the domain is verified no more [CON-10] [LNK-8] [DOM-8]', () => {
    expect(blockOf(moving('ada'), new Set())).toBe('email_outside_verified_domains');
  });
});

describe('a move', () => {
  it('is over at the moment it expires [CON-10]', () => {
    const move = { state: 'open', expiresAt: moveEnd(at, 30) } as const;
    expect(moveState(move, new Date('2026-01-30T23:59:59.999Z'))).toBe('open');
    expect(moveState(move, new Date('2026-01-31T00:00:00Z'))).toBe('expired');
    expect(moveState({ ...move, state: 'finished' }, new Date('2026-03-01T00:00:00Z'))).toBe('finished');
  });
});
