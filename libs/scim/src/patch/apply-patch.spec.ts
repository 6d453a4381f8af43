import type { JsonObject } from '../json';
import { parseJson } from '../parse-json';
import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { groupType, userType } from '../schema/resource-types';
import { readContent } from '../content/read-content';
import { ScimError } from '../scim-error';
import { applyPatch } from './apply-patch';
import { readPatch } from './read-patch';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const own = 'urn:example:params:scim:schemas:own:User';

const content = (body: unknown, type: ResourceType = userType): Content =>
  readContent(parseJson(JSON.stringify(body)), type);

const ada = content({
  userName: 'ada',
  title: 'Countess',
  active: true,
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [
    { value: 'ada@work.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  [enterprise]: { department: 'Engines', manager: { value: 'dper_1' } },
  [own]: { shoe: 38, skills: ['notes'] },
});

function patched(operations: unknown, before: Content = ada, type: ResourceType = userType): JsonObject {
  return applyPatch(before, readPatch(parseJson(JSON.stringify({ Operations: operations })), type), type);
}

function refusal(operations: unknown, type: ResourceType = userType): ScimError {
  try {
    patched(operations, ada, type);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('applyPatch', () => {
  it.each([
    ['add gives an attribute a value', 'nickName', { op: 'add', path: 'nickName', value: 'Lady' }, 'Lady'],
    ['add changes the value that there is', 'title', { op: 'add', path: 'title', value: 'Dr' }, 'Dr'],
    [
      'replace gives a value where there is none',
      'locale',
      { op: 'replace', path: 'locale', value: 'en' },
      'en',
    ],
    ['remove takes the value', 'title', { op: 'remove', path: 'title' }, undefined],
    ['remove of what is not there changes nothing', 'locale', { op: 'remove', path: 'locale' }, undefined],
    ['replace by null takes the value', 'title', { op: 'replace', path: 'title', value: null }, undefined],
    ['add of null changes nothing', 'title', { op: 'add', path: 'title', value: null }, 'Countess'],
    [
      'a path may be URN-qualified',
      'title',
      { op: 'remove', path: `${userType.schema.id}:title` },
      undefined,
    ],
    ['a path has no case', 'title', { op: 'replace', path: 'TITLE', value: 'Dr' }, 'Dr'],
    [
      'what is not named in a complex value stays',
      'name',
      { op: 'replace', path: 'name', value: { familyName: 'Lovelace' } },
      { givenName: 'Ada', familyName: 'Lovelace' },
    ],
    [
      'null takes a part of a complex value',
      'name',
      { op: 'replace', path: 'name', value: { familyName: null } },
      { givenName: 'Ada' },
    ],
    [
      'a part is removed by its path',
      'name',
      { op: 'remove', path: 'name.familyName' },
      { givenName: 'Ada' },
    ],
    ['a complex value is removed as a whole', 'name', { op: 'remove', path: 'name' }, undefined],
    [
      'an attribute of an extension is changed alone',
      enterprise,
      { op: 'replace', path: `${enterprise}:department`, value: 'Notes' },
      { department: 'Notes', manager: { value: 'dper_1' } },
    ],
    [
      'an extension is changed by an object without a path',
      enterprise,
      { op: 'replace', value: { [enterprise]: { department: null, manager: { value: 'dper_2' } } } },
      { manager: { value: 'dper_2' } },
    ],
    [
      'an extension that nobody describes is changed alone',
      own,
      { op: 'add', path: `${own}:hat`, value: { size: 7 } },
      { shoe: 38, skills: ['notes'], hat: { size: 7 } },
    ],
    [
      'a list that nobody describes is added to',
      own,
      { op: 'add', path: `${own}:skills`, value: ['maths'] },
      { shoe: 38, skills: ['notes', 'maths'] },
    ],
    [
      'a list that nobody describes is replaced',
      own,
      { op: 'replace', path: `${own}:skills`, value: ['maths'] },
      { shoe: 38, skills: ['maths'] },
    ],
    [
      'of a list that nobody describes, what is named goes',
      own,
      { op: 'remove', path: `${own}:skills`, value: ['notes'] },
      { shoe: 38 },
    ],
    ['an extension that nobody describes is removed', own, { op: 'remove', path: own }, undefined],
  ])('%s (RFC 7644 3.5.2) [SCM-1]', (_, attribute, operation, value) => {
    expect(patched([operation])[attribute]).toEqual(value);
  });

  const work = { value: 'ada@work.example', type: 'work', primary: true };
  const home = { value: 'ada@home.example', type: 'home' };
  it.each([
    ['add appends', { op: 'add', path: 'emails', value: [{ value: 'x' }] }, [work, home, { value: 'x' }]],
    ['add of what is there adds nothing', { op: 'add', path: 'emails', value: [home] }, [work, home]],
    [
      'add of what is there completes it',
      { op: 'add', path: 'emails', value: [{ ...home, display: 'At home' }] },
      [work, { ...home, display: 'At home' }],
    ],
    [
      'the same address may have two types',
      { op: 'add', path: 'emails', value: [{ ...home, type: 'other' }] },
      [work, home, { ...home, type: 'other' }],
    ],
    ['replace replaces all', { op: 'replace', path: 'emails', value: [{ value: 'x' }] }, [{ value: 'x' }]],
    ['replace by nothing removes all', { op: 'replace', path: 'emails', value: [] }, undefined],
    ['remove removes all', { op: 'remove', path: 'emails' }, undefined],
    ['a filter chooses what is removed', { op: 'remove', path: 'emails[type eq "home"]' }, [work]],
    [
      'a filter that chooses nothing removes nothing',
      { op: 'remove', path: 'emails[type eq "fax"]' },
      [work, home],
    ],
    [
      'a filter chooses what is replaced',
      { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'x' } },
      [work, { value: 'x' }],
    ],
    [
      'a filter chooses what is completed',
      { op: 'add', path: 'emails[type eq "home"]', value: { display: 'At home' } },
      [work, { ...home, display: 'At home' }],
    ],
    [
      'a part of what a filter chooses is replaced',
      { op: 'replace', path: 'emails[type eq "home" and value ew ".example"].value', value: 'x' },
      [work, { ...home, value: 'x' }],
    ],
    [
      'a part of what a filter chooses is removed',
      { op: 'remove', path: 'emails[not (type eq "home")].type' },
      [{ value: 'ada@work.example', primary: true }, home],
    ],
    [
      'a part of all is replaced',
      { op: 'replace', path: 'emails.type', value: 'other' },
      [
        { ...work, type: 'other' },
        { ...home, type: 'other' },
      ],
    ],
    [
      'who becomes primary takes it from the one before, by a value',
      { op: 'add', path: 'emails', value: { value: 'x', primary: true } },
      [{ ...work, primary: false }, home, { value: 'x', primary: true }],
    ],
    [
      'who becomes primary takes it from the one before, by a part',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    ],
    [
      'who is primary stays so when another part changes',
      { op: 'replace', path: 'emails[primary eq true].value', value: 'x' },
      [{ ...work, value: 'x' }, home],
    ],
  ])('of several values, %s (RFC 7644 3.5.2) [SCM-1]', (_, operation, emails) => {
    expect(patched([operation])['emails']).toEqual(emails);
  });

  it.each([
    ['what only the server writes', { op: 'replace', path: 'id', value: 'dper_2' }, 'mutability'],
    [
      'a part that only the server writes',
      { op: 'add', path: `${enterprise}:manager.displayName`, value: 'C' },
      'mutability',
    ],
    ['groups of a person', { op: 'add', path: 'groups', value: [{ value: 'dgrp_1' }] }, 'mutability'],
    ['the removal of what is required', { op: 'remove', path: 'userName' }, 'mutability'],
    [
      'the replacement of what is required by null',
      { op: 'replace', value: { userName: null } },
      'mutability',
    ],
    [
      'the replacement of what is required by a blank',
      { op: 'replace', value: { userName: '' } },
      'invalidValue',
    ],
    ['a removal without a path', { op: 'remove', value: { title: 'Countess' } }, 'noTarget'],
    [
      'a filter that chooses nothing to replace',
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
      'noTarget',
    ],
    [
      'a filter that chooses nothing and names nothing',
      { op: 'add', path: 'emails[type sw "f"].value', value: 'x' },
      'noTarget',
    ],
    ['an unknown path', { op: 'add', path: 'shoeSize', value: 38 }, 'invalidPath'],
    [
      'a filter where there is one value',
      { op: 'replace', path: 'title[value eq "x"]', value: 'x' },
      'invalidPath',
    ],
    ['a path that is no text', { op: 'add', path: {}, value: 38 }, 'invalidPath'],
    ['no value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['no path and no object', { op: 'add', value: 'x' }, 'invalidValue'],
    ['a wrong type', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    [
      'two that become primary',
      { op: 'add', path: 'emails', value: ['x', 'y'].map((value) => ({ value, primary: true })) },
      'invalidValue',
    ],
    ['an unknown operation', { op: 'move', path: 'title' }, 'invalidSyntax'],
    ['no operation', { path: 'title' }, 'invalidSyntax'],
    ['an operation that is no object', 'remove', 'invalidSyntax'],
  ])('refuses %s [SCM-1]', (_, operation, scimType) => {
    expect(refusal([operation])).toMatchObject({ status: 400, scimType });
  });

  it('refuses a patch without operations, and one with too many [SCM-1]', () => {
    expect(refusal([])).toMatchObject({ scimType: 'invalidSyntax' });
    expect(refusal('add')).toMatchObject({ scimType: 'invalidSyntax' });
    const many = Array.from({ length: 1001 }, () => ({ op: 'remove', path: 'title' }));
    expect(refusal(many).status).toBe(413);
  });

  it('says which operation it refuses [SCM-1]', () => {
    const { detail } = refusal([
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'active', value: 'x' },
    ]);
    expect(detail).toBe('Operation 2: active takes true or false. What came is a string.');
  });

  it('does all of a patch or nothing of it, and leaves what it was given [SCM-1]', () => {
    const before = JSON.stringify(ada);
    refusal([
      { op: 'remove', path: 'title' },
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
    ]);
    patched([
      { op: 'replace', value: { title: 'Dr', name: { givenName: 'A' }, emails: [], [own]: { shoe: 1 } } },
    ]);
    expect(JSON.stringify(ada)).toBe(before);
  });

  it('does one operation after the other [SCM-1]', () => {
    const operations = [
      { op: 'remove', path: 'emails[type eq "work"]' },
      { op: 'add', path: 'emails', value: { value: 'new@work.example', type: 'work' } },
      { op: 'replace', path: 'emails[type eq "work"].primary', value: true },
    ];
    expect(patched(operations)['emails']).toEqual([
      home,
      { value: 'new@work.example', type: 'work', primary: true },
    ]);
  });

  it('answers with the same object where nothing changes [SCM-1]', () => {
    const operations = [
      { op: 'replace', value: { active: true, name: { givenName: 'Ada' } } },
      { op: 'add', path: 'emails', value: [home] },
      { op: 'remove', path: 'locale' },
    ];
    expect(patched(operations)).toBe(ada);
  });

  it('takes a password, and keeps none [SCM-1]', () => {
    expect(
      patched([
        { op: 'replace', path: 'password', value: 'x' },
        { op: 'add', value: { password: 'x' } },
      ]),
    ).toBe(ada);
  });

  it('does not let an identifier of a member change [SCM-1]', () => {
    const group = content({ displayName: 'Engines', members: [{ value: 'dper_1' }] }, groupType);
    const change = (value: string): JsonObject =>
      patched([{ op: 'replace', path: 'members[value eq "dper_1"].value', value }], group, groupType);
    expect(() => change('dper_2')).toThrow(ScimError);
    expect(change('dper_1')).toBe(group);
  });

  it('does not let a resource grow out of all measure [SCM-1]', () => {
    const large = { op: 'add', path: `${own}:notes`, value: 'x'.repeat(1024 * 1024) };
    expect(refusal([large]).status).toBe(413);
    const many = (from: number): unknown => ({
      op: 'add',
      path: 'roles',
      value: Array.from({ length: 300 }, (_, at) => ({ value: String(from + at) })),
    });
    expect(refusal([many(0), many(300)])).toMatchObject({ status: 400, scimType: 'invalidValue' });
  });

  it('does not do more work than any client asks for [SCM-1]', () => {
    const names = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`a${String(at)}`, at]));
    const grown = patched([{ op: 'add', path: own, value: names }]);
    const more = Object.fromEntries(Object.keys(names).map((name) => [`b${name}`, 1]));
    expect(() => patched([{ op: 'add', path: own, value: more }], grown)).toThrow('at most 1000 attributes');
    const choices = Array.from({ length: 201 }, () => ({
      op: 'replace',
      path: 'emails[value pr].type',
      value: 'work',
    }));
    expect(refusal(choices).status).toBe(413);
    const members = Array.from({ length: 1000 }, (_, at) => ({
      op: 'remove',
      path: `members[value eq "${String(at)}"]`,
    }));
    expect(
      patched(members, content({ displayName: 'E', members: ['1', 'a'] }, groupType), groupType)['members'],
    ).toEqual([{ value: 'a' }]);
  });

  it('finds nothing in what objects inherit [SCM-1]', () => {
    const plain: Content = structuredClone({ ...ada, [own]: { shoe: 38, skills: ['notes'] } });
    const operations = [
      { op: 'add', path: `${own}:constructor.prototype`, value: { admin: true } },
      { op: 'add', value: { [own]: { toString: 1, hasOwnProperty: { a: 1 } } } },
      { op: 'remove', path: `${own}:valueOf` },
    ];
    expect(patched(operations, plain)[own]).toEqual({
      shoe: 38,
      skills: ['notes'],
      constructor: { prototype: { admin: true } },
      toString: 1,
      hasOwnProperty: { a: 1 },
    });
    expect({}).not.toHaveProperty('admin');
  });
});
