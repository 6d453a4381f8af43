import type { DirectoryGroupId } from '../shared/ids';
import { decideMappedRole, type MappedRole } from './mapped-role';

const admins: DirectoryGroupId = 'dgrp_admins';
const staff: DirectoryGroupId = 'dgrp_staff';
const asAdmin: MappedRole = { role: 'admin', groupId: admins };
const defaultRole = 'viewer';

describe('the role that mappings give', () => {
  it('is given when they say something new, and marked as theirs [SCM-4]', () => {
    const decision = decideMappedRole({ member: { role: 'viewer' }, wins: asAdmin, defaultRole });
    expect(decision).toEqual({ member: { role: 'admin', roleMappedBy: admins }, remember: asAdmin });
  });

  it('is not given again to whom a person gave another role since, until they say something new [SCM-4]', () => {
    const byHand = { member: { role: 'member' as const }, remembered: asAdmin, defaultRole } as const;
    expect(decideMappedRole({ ...byHand, wins: asAdmin }).member).toEqual({ role: 'member' });
    const wins = { role: 'viewer', groupId: staff } as const;
    expect(decideMappedRole({ ...byHand, wins }).member).toEqual({ role: 'viewer', roleMappedBy: staff });
  });

  it('follows to another group that gives the same role [SCM-4]', () => {
    const member = { role: 'admin', roleMappedBy: admins } as const;
    const wins = { role: 'admin', groupId: staff } as const;
    expect(decideMappedRole({ member, wins, remembered: asAdmin, defaultRole })).toEqual({
      member: { role: 'admin', roleMappedBy: staff },
      remember: wins,
    });
  });

  it('ends with the last mapped group, and only where no person gave another one [SCM-4]', () => {
    const mapped = { role: 'admin', roleMappedBy: admins } as const;
    expect(decideMappedRole({ member: mapped, remembered: asAdmin, defaultRole })).toEqual({
      member: { role: 'viewer' },
    });
    for (const role of ['owner', 'admin', 'member', 'viewer'] as const)
      expect(decideMappedRole({ member: { role }, remembered: asAdmin, defaultRole }).member).toEqual({
        role,
      });
  });

  it('takes nothing from an owner whom a person made one, also later [SCM-4]', () => {
    const member = { role: 'owner' } as const;
    const kept = decideMappedRole({ member, wins: asAdmin, defaultRole });
    expect(kept).toEqual({ member, remember: asAdmin });
    const asOwner = { role: 'owner', groupId: admins } as const;
    expect(decideMappedRole({ member, wins: asOwner, defaultRole }).member).toEqual(member);
    expect(decideMappedRole({ member, remembered: asOwner, defaultRole }).member).toEqual(member);
  });
});
