import fc from 'fast-check';
import { SystemChance } from '../shared/chance';
import { directoryGroupId, directoryId, roleMappingId, tenantId } from '../shared/ids';
import {
  affectedGroups,
  mostMappings,
  reviseMappings,
  type MappingAuthor,
  type MappingChange,
} from './revise-mappings';
import type { RoleMapping } from './role-mapping';

const chance = new SystemChance();
const at = new Date('2026-03-01T12:00:00Z');
const author: MappingAuthor = {
  tenantId: tenantId.create(at, chance),
  directoryId: directoryId.create(at, chance),
  actor: { kind: 'operator' },
  ...{ at, chance },
};
const groupIds = Array.from({ length: 12 }, () => directoryGroupId.create(at, chance));

/** Made one after the other; each new one goes below the others. */
function mappingsOf(...roles: RoleMapping['role'][]): readonly RoleMapping[] {
  return roles.reduce<readonly RoleMapping[]>((made, role, index) => {
    const groupId = groupIds[index];
    if (!groupId) throw new Error('There are not as many groups.');
    return reviseMappings(made, { kind: 'create', groupId, role }, author);
  }, []);
}

function inOrder(mappings: readonly RoleMapping[]): RoleMapping['role'][] {
  return mappings.toSorted((one, other) => other.priority - one.priority).map(({ role }) => role);
}

describe('the mappings of a directory', () => {
  it('put a new one below all others, or where it is wanted [SCM-4]', () => {
    const three = mappingsOf('admin', 'member', 'viewer');
    expect(inOrder(three)).toEqual(['admin', 'member', 'viewer']);
    const groupId = directoryGroupId.create(at, chance);
    const placed = reviseMappings(three, { kind: 'create', groupId, role: 'owner', priority: 3 }, author);
    expect(inOrder(placed)).toEqual(['admin', 'owner', 'member', 'viewer']);
  });

  it('refuse a second one of a group, one too many, and an order that leaves one out [SCM-4]', () => {
    const [first, second] = mappingsOf('admin', 'member');
    if (!first || !second) throw new Error('There are two.');
    const again: MappingChange = { kind: 'create', groupId: first.groupId, role: 'viewer' };
    expect(() => reviseMappings([first, second], again, author)).toThrow(/mapping already/);
    for (const ids of [[first.id], [first.id, first.id], [first.id, second.id, second.id]])
      expect(() => reviseMappings([first, second], { kind: 'reorder', ids }, author)).toThrow(/each mapping/);
    const stranger = roleMappingId.create(at, chance);
    for (const change of [
      { kind: 'delete', id: stranger } as const,
      { kind: 'update', id: stranger, role: 'admin' } as const,
      { kind: 'reorder', ids: [stranger, first.id] } as const,
    ])
      expect(() => reviseMappings([first, second], change, author)).toThrow(/no such mapping/);
    const many = Array.from({ length: mostMappings }, (_, index) => ({
      ...first,
      id: roleMappingId.create(at, chance),
      groupId: directoryGroupId.create(at, chance),
      priority: index + 1,
    }));
    const groupId = directoryGroupId.create(at, chance);
    expect(() => reviseMappings(many, { kind: 'create', groupId, role: 'viewer' }, author)).toThrow(
      /at most/,
    );
  });

  it('concern the members of what changed, and of all where the order did [SCM-4]', () => {
    const before = mappingsOf('admin', 'member', 'viewer');
    const [lowest, middle, highest] = before;
    if (!lowest || !middle || !highest) throw new Error('There are three.');
    const concerns = (change: MappingChange) =>
      affectedGroups(before, reviseMappings(before, change, author));
    expect(concerns({ kind: 'update', id: middle.id, role: 'viewer' })).toEqual([middle.groupId]);
    expect(concerns({ kind: 'delete', id: lowest.id })).toEqual([lowest.groupId]);
    const groupId = directoryGroupId.create(at, chance);
    expect(concerns({ kind: 'create', groupId, role: 'viewer' })).toEqual([groupId]);
    expect(concerns({ kind: 'update', id: lowest.id, priority: 3 })).toHaveLength(3);
    expect(concerns({ kind: 'replay' })).toEqual([]);
  });

  it('have the priorities 1 to n after any change [SCM-4]', () => {
    const change = fc.oneof(
      fc.record({
        kind: fc.constant('create' as const),
        at: fc.nat(11),
        priority: fc.integer({ min: 1, max: 20 }),
      }),
      fc.record({
        kind: fc.constant('update' as const),
        at: fc.nat(11),
        priority: fc.integer({ min: 1, max: 20 }),
      }),
      fc.record({ kind: fc.constant('delete' as const), at: fc.nat(11) }),
    );
    const run = fc.property(fc.array(change, { minLength: 10, maxLength: 40 }), (steps) => {
      let mappings: readonly RoleMapping[] = [];
      for (const step of steps) {
        const [groupId, found] = [groupIds[step.at], mappings[step.at]];
        if (!groupId || (step.kind !== 'create' && !found)) continue;
        if (step.kind === 'create' && mappings.some((each) => each.groupId === groupId)) continue;
        const { priority } = { priority: undefined, ...step };
        const id = found?.id ?? roleMappingId.create(at, chance);
        const wanted: MappingChange =
          step.kind === 'create'
            ? { kind: step.kind, groupId, role: 'viewer', priority }
            : { ...{ kind: step.kind, id }, priority };
        mappings = reviseMappings(mappings, wanted, author);
        const priorities = mappings.map((mapping) => mapping.priority);
        expect(priorities).toEqual(priorities.map((_, index) => index + 1));
      }
    });
    fc.assert(run, { numRuns: 200 });
  });
});
