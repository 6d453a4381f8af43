import { mayGrant, requireGrant } from './authority';
import { roles, type Role } from './member';

const actor = { kind: 'member', id: 'mem_1' } as const;

describe('who may make whom a member, change or remove', () => {
  const granted = (by: Role | 'operator') => roles.filter((role) => mayGrant(by, role));

  it('is an owner or the operator for every role, an admin for all but owners, and nobody else [TEN-3] [TEN-5]', () => {
    expect(granted('operator')).toEqual([...roles]);
    expect(granted('owner')).toEqual([...roles]);
    expect(granted('admin')).toEqual(['admin', 'member', 'viewer']);
    expect(granted('member')).toEqual([]);
    expect(granted('viewer')).toEqual([]);
  });

  it('is refused with what is wanted, by the role before a change as by the one after [TEN-4]', () => {
    const refused = expect.objectContaining({ code: 'role_not_grantable' });
    expect(() => requireGrant({ actor, role: 'admin' }, 'member', 'owner')).toThrow(refused);
    expect(() => requireGrant({ actor, role: 'admin' }, 'owner', 'member')).toThrow(refused);
    expect(() => requireGrant({ actor, role: 'viewer' }, 'viewer')).toThrow(refused);
    expect(() => requireGrant({ actor, role: 'owner' }, 'owner', 'owner')).not.toThrow();
  });
});
