import { readContent } from '../content/read-content';
import { parseJson } from '../parse-json';
import { groupType } from '../schema/resource-types';
import { ScimError } from '../scim-error';
import { memberIds, planMembers } from './plan-members';
import { readPatch } from './read-patch';

const plan = (...operations: unknown[]): ReturnType<typeof planMembers> =>
  planMembers(readPatch(parseJson(JSON.stringify({ Operations: operations })), groupType));

describe('planMembers', () => {
  it.each([
    [
      'add',
      { op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
      { kind: 'add', ids: ['a', 'b'] },
    ],
    [
      'the same twice',
      { op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'a', type: 'User' }] },
      { kind: 'add', ids: ['a'] },
    ],
    ['add without a path', { op: 'add', value: { members: [{ value: 'a' }] } }, { kind: 'add', ids: ['a'] }],
    [
      'add through a filter',
      { op: 'add', path: 'members[value eq "a"]', value: { value: 'a' } },
      { kind: 'add', ids: ['a'] },
    ],
    ['replace', { op: 'replace', path: 'members', value: [{ value: 'a' }] }, { kind: 'replace', ids: ['a'] }],
    ['replace by nothing', { op: 'replace', path: 'members', value: [] }, { kind: 'remove-all' }],
    ['remove of all', { op: 'remove', path: 'members' }, { kind: 'remove-all' }],
    ['remove by a filter', { op: 'remove', path: 'members[value eq "a"]' }, { kind: 'remove', ids: ['a'] }],
    [
      'remove by a filter of several',
      { op: 'remove', path: 'members[value eq "a" or value eq "b"]' },
      { kind: 'remove', ids: ['a', 'b'] },
    ],
    [
      'remove by a list',
      { op: 'Remove', path: 'members', value: [{ value: 'a' }] },
      { kind: 'remove', ids: ['a'] },
    ],
    [
      'remove by an empty list, which names nobody',
      { op: 'Remove', path: 'members', value: [] },
      { kind: 'remove', ids: [] },
    ],
  ])('reads %s as a change of rows [SCM-1]', (_, operation, change) => {
    expect(plan(operation)).toEqual({ members: [change], rest: [] });
  });

  it('leaves a filter that names no id for whoever keeps the rows [SCM-1]', () => {
    const [change] = plan({ op: 'remove', path: 'members[display sw "A"]' }).members;
    expect(change).toMatchObject({ kind: 'remove-where', filter: { comparison: 'sw', value: 'A' } });
  });

  it('joins what follows upon the same, and keeps the order [SCM-1]', () => {
    const { members, rest } = plan(
      { op: 'add', path: 'members', value: [{ value: 'a' }] },
      { op: 'replace', path: 'displayName', value: 'Engines' },
      { op: 'add', path: 'members', value: [{ value: 'b' }] },
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'remove', path: 'members[value eq "c"]' },
      { op: 'replace', path: 'members', value: [{ value: 'd' }] },
      { op: 'replace', path: 'members', value: [{ value: 'e' }] },
    );
    expect(members).toEqual([
      { kind: 'add', ids: ['a', 'b'] },
      { kind: 'remove', ids: ['a', 'c'] },
      { kind: 'replace', ids: ['d'] },
      { kind: 'replace', ids: ['e'] },
    ]);
    expect(rest).toMatchObject([{ op: 'replace', value: 'Engines' }]);
  });

  it('refuses to change a member in its place [SCM-1]', () => {
    for (const path of ['members[value eq "a"]', 'members[value eq "a"].value', 'members.type'])
      expect(() => plan({ op: 'replace', path, value: path.endsWith(']') ? { value: 'b' } : 'b' })).toThrow(
        ScimError,
      );
  });

  it('refuses a group in a group, and says what to send [SCM-1]', () => {
    const nested = [{ value: 'dgrp_1', type: 'Group' }];
    expect(() => plan({ op: 'add', path: 'members', value: nested })).toThrow('send its people');
    const content = readContent(parseJson(JSON.stringify({ displayName: 'E', members: nested })), groupType);
    expect(() => memberIds(content)).toThrow('send its people');
  });

  it('names the people of a group that is written as a whole [SCM-1]', () => {
    const body = { displayName: 'E', members: [{ value: 'a', type: 'user' }, 'b', { value: 'a' }] };
    expect(memberIds(readContent(parseJson(JSON.stringify(body)), groupType))).toEqual(['a', 'b']);
    expect(memberIds(readContent(parseJson('{"displayName":"E"}'), groupType))).toEqual([]);
  });

  it('looks at all members so many times and no more; by the id as often as one likes [SCM-1]', () => {
    const removals = (path: string, count: number) =>
      Array.from({ length: count }, () => ({ op: 'remove', path }));
    expect(plan(...removals('members[display sw "a"]', 20)).members).toHaveLength(20);
    expect(() => plan(...removals('members[display sw "a"]', 21))).toThrow(
      expect.objectContaining({ status: 413 }),
    );
    expect(plan(...removals('members[value eq "a"]', 1000)).members).toEqual([
      { kind: 'remove', ids: ['a'] },
    ]);
  });
});
