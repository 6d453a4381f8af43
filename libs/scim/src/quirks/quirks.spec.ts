import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContent } from '../content/read-content';
import { parseJson } from '../parse-json';
import { applyPatch } from '../patch/apply-patch';
import { planMembers } from '../patch/plan-members';
import { readPatch } from '../patch/read-patch';
import type { Content } from '../resource-store';
import { groupType, userType } from '../schema/resource-types';
import { quirks } from './quirks';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const own = 'urn:example:params:scim:schemas:own:User';

/** What a client sends, and how RFC 7644 has it: PATCH operations, or the body of a POST. */
interface Example {
  readonly type?: 'Group';
  readonly said: unknown;
  readonly meant: unknown;
}

const ops = (...operations: unknown[]): unknown => ({ Operations: operations });

const examples: Readonly<Record<string, readonly Example[]>> = {
  'capital-operations': [
    {
      said: ops({ op: 'Replace', path: 'title', value: 'Dr' }, { op: 'Add', path: 'locale', value: 'en' }),
      meant: ops({ op: 'replace', path: 'title', value: 'Dr' }, { op: 'add', path: 'locale', value: 'en' }),
    },
    { said: ops({ op: 'Remove', path: 'title' }), meant: ops({ op: 'remove', path: 'title' }) },
  ],
  'booleans-as-text': [
    {
      said: ops({ op: 'Replace', path: 'active', value: 'False' }),
      meant: ops({ op: 'replace', path: 'active', value: false }),
    },
    {
      said: ops({ op: 'replace', value: { active: ' FALSE ' } }),
      meant: ops({ op: 'replace', path: 'active', value: false }),
    },
    {
      said: { userName: 'ada', active: 'False', emails: [{ value: 'a', primary: 'true' }] },
      meant: { userName: 'ada', active: false, emails: [{ value: 'a', primary: true }] },
    },
  ],
  'removal-by-value': [
    {
      type: 'Group',
      said: ops({ op: 'Remove', path: 'members', value: [{ value: 'dper_1' }, { value: 'dper_3' }] }),
      meant: ops({ op: 'remove', path: 'members[value eq "dper_1" or value eq "dper_3"]' }),
    },
    {
      said: ops({ op: 'Remove', path: 'emails', value: [{ value: 'ada@work.example' }] }),
      meant: ops({ op: 'remove', path: 'emails[type eq "work"]' }),
    },
    {
      said: ops({ op: 'Remove', path: 'addresses', value: [{ locality: 'London' }] }),
      meant: ops({ op: 'remove', path: 'addresses[locality eq "London"]' }),
    },
  ],
  'paths-as-names': [
    {
      said: ops({
        op: 'Add',
        value: {
          'name.givenName': 'Augusta',
          [`${enterprise}:department`]: 'Notes',
          [`${enterprise}:manager.value`]: 'dper_2',
          'emails[type eq "work"].value': 'new@work.example',
          'no.such.path': 1,
        },
      }),
      meant: ops(
        { op: 'add', path: 'name', value: { givenName: 'Augusta' } },
        { op: 'add', path: `${enterprise}:department`, value: 'Notes' },
        { op: 'add', path: `${enterprise}:manager`, value: { value: 'dper_2' } },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@work.example' },
      ),
    },
    {
      said: {
        userName: 'ada',
        'name.givenName': 'Ada',
        [`${enterprise}:department`]: 'Notes',
        [`${own}:shoe`]: 38,
      },
      meant: {
        userName: 'ada',
        name: { givenName: 'Ada' },
        [enterprise]: { department: 'Notes' },
        [own]: { shoe: 38 },
      },
    },
  ],
  'add-creates-value': [
    {
      said: ops({ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1' }),
      meant: ops({ op: 'add', path: 'phoneNumbers', value: [{ type: 'mobile', value: '+1' }] }),
    },
    {
      said: ops({
        op: 'Add',
        path: 'addresses[type eq "work" and primary eq true]',
        value: { locality: 'Turin' },
      }),
      meant: ops({
        op: 'add',
        path: 'addresses',
        value: [{ type: 'work', primary: true, locality: 'Turin' }],
      }),
    },
  ],
  'hollow-values': [
    {
      said: ops({ op: 'Remove', path: 'emails[type eq "work"].value' }),
      meant: ops({ op: 'remove', path: 'emails[type eq "work"]' }),
    },
    {
      said: ops(
        { op: 'Add', path: 'phoneNumbers[type eq "work"].primary', value: 'True' },
        { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '+1' },
      ),
      meant: ops({ op: 'add', path: 'phoneNumbers', value: [{ type: 'work', value: '+1', primary: true }] }),
    },
    {
      said: {
        userName: 'ada',
        phoneNumbers: [
          { type: 'mobile', value: null },
          { type: 'work', value: '+1' },
        ],
      },
      meant: { userName: 'ada', phoneNumbers: [{ type: 'work', value: '+1' }] },
    },
  ],
  'plain-value': [
    {
      said: ops({ op: 'Add', path: `${enterprise}:manager`, value: 'dper_2' }),
      meant: ops({ op: 'add', path: `${enterprise}:manager`, value: { value: 'dper_2' } }),
    },
    {
      said: ops({ op: 'Replace', path: `${enterprise}:manager`, value: '' }),
      meant: ops({ op: 'remove', path: `${enterprise}:manager` }),
    },
    {
      said: { userName: 'ada', emails: 'ada@work.example', [enterprise]: { manager: 'dper_2' } },
      meant: {
        userName: 'ada',
        emails: [{ value: 'ada@work.example' }],
        [enterprise]: { manager: { value: 'dper_2' } },
      },
    },
    {
      type: 'Group',
      said: ops({ op: 'add', path: 'members', value: ['dper_4'] }),
      meant: ops({ op: 'add', path: 'members', value: [{ value: 'dper_4' }] }),
    },
  ],
  'read-only-in-object': [
    {
      type: 'Group',
      said: ops({ op: 'replace', value: { id: 'dgrp_1', displayName: 'Notes' } }),
      meant: ops({ op: 'replace', path: 'displayName', value: 'Notes' }),
    },
    {
      said: ops({
        op: 'replace',
        value: {
          id: 'x',
          meta: {},
          groups: [],
          [enterprise]: { manager: { displayName: 'C' } },
          active: false,
        },
      }),
      meant: ops({ op: 'replace', path: 'active', value: false }),
    },
  ],
  'one-for-many': [
    {
      said: { userName: 'ada', emails: { value: 'ada@work.example', type: 'work' } },
      meant: { userName: 'ada', emails: [{ value: 'ada@work.example', type: 'work' }] },
    },
    {
      type: 'Group',
      said: ops({ op: 'add', path: 'members', value: { value: 'dper_4' } }),
      meant: ops({ op: 'add', path: 'members', value: [{ value: 'dper_4' }] }),
    },
  ],
  'list-for-one': [
    {
      said: ops({ op: 'Replace', path: 'active', value: [{ $ref: null, value: 'False' }] }),
      meant: ops({ op: 'replace', path: 'active', value: false }),
    },
    {
      said: ops({ op: 'Replace', path: `${enterprise}:manager`, value: [{ value: 'dper_2' }] }),
      meant: ops({ op: 'replace', path: `${enterprise}:manager`, value: { value: 'dper_2' } }),
    },
  ],
  'whole-extension': [
    {
      said: ops({ op: 'replace', path: enterprise, value: { department: 'Notes', manager: null } }),
      meant: ops(
        { op: 'replace', path: `${enterprise}:department`, value: 'Notes' },
        { op: 'remove', path: `${enterprise}:manager` },
      ),
    },
    {
      said: ops({ op: 'remove', path: enterprise }),
      meant: ops(
        { op: 'remove', path: `${enterprise}:department` },
        { op: 'remove', path: `${enterprise}:manager` },
      ),
    },
    {
      said: ops({ op: 'replace', value: { [userType.schema.id]: { title: 'Dr' } } }),
      meant: ops({ op: 'replace', path: 'title', value: 'Dr' }),
    },
  ],
  'undescribed-extension': [
    {
      said: ops({ op: 'add', value: { [own]: { hat: 7 } } }),
      meant: ops({ op: 'add', path: `${own}:hat`, value: 7 }),
    },
    {
      said: ops({ op: 'replace', path: own.toUpperCase(), value: { shoe: 40 } }),
      meant: ops({ op: 'replace', path: `${own}:shoe`, value: 40 }),
    },
  ],
  'schemas-in-patch': [
    {
      said: ops({ op: 'add', path: 'schemas', value: [own] }, { op: 'remove', path: 'title' }),
      meant: ops({ op: 'remove', path: 'title' }),
    },
    {
      said: { schemas: [own, 'core'], userName: 'ada' },
      meant: { schemas: [userType.schema.id], userName: 'ada' },
    },
  ],
  'replace-creates-value': [
    {
      said: ops(
        { op: 'Replace', path: 'title', value: 'Lady' },
        { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '1' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'lady@work.example' },
        { op: 'Replace', path: 'emails[type eq "home"].value', value: null },
      ),
      meant: ops(
        { op: 'replace', path: 'title', value: 'Lady' },
        { op: 'add', path: 'phoneNumbers', value: [{ type: 'work', value: '1' }] },
        { op: 'replace', path: 'emails', value: [{ type: 'work', value: 'lady@work.example' }] },
      ),
    },
    {
      said: ops({ op: 'replace', value: { title: 'Lady', 'addresses[type eq "work"].locality': 'Rome' } }),
      meant: ops(
        { op: 'replace', path: 'title', value: 'Lady' },
        { op: 'add', path: 'addresses', value: [{ type: 'work', locality: 'Rome' }] },
      ),
    },
  ],
  'removal-of-nothing': [
    {
      said: ops({ op: 'remove', path: 'phoneNumbers[type eq "fax"]' }, { op: 'remove', path: 'title' }),
      meant: ops({ op: 'remove', path: 'title' }),
    },
    {
      type: 'Group',
      said: ops(
        { op: 'remove', path: 'members[value eq "dper_9"]' },
        { op: 'remove', path: 'members[value eq "dper_1"]' },
      ),
      meant: ops({ op: 'remove', path: 'members[value eq "dper_1"]' }),
    },
  ],
};

const parse = (body: unknown): ReturnType<typeof parseJson> => parseJson(JSON.stringify(body));

const befores = {
  User: readContent(
    parse({
      userName: 'ada',
      title: 'Countess',
      active: true,
      emails: [
        { value: 'ada@work.example', type: 'work' },
        { value: 'ada@home.example', type: 'home' },
      ],
      addresses: [
        { locality: 'London', type: 'home' },
        { locality: 'Turin', type: 'other' },
      ],
      [enterprise]: { department: 'Engines', manager: { value: 'dper_1' } },
      [own]: { shoe: 38 },
    }),
    userType,
  ),
  Group: readContent(
    parse({
      displayName: 'Engines',
      members: [{ value: 'dper_1' }, { value: 'dper_2' }, { value: 'dper_3' }],
    }),
    groupType,
  ),
};

function outcome(body: unknown, kind: 'User' | 'Group'): Content {
  const type = kind === 'User' ? userType : groupType;
  const isPatch = typeof body === 'object' && body !== null && 'Operations' in body;
  return isPatch
    ? applyPatch(befores[kind], readPatch(parse(body), type), type)
    : readContent(parse(body), type);
}

describe.each(quirks)('the quirk $name', ({ name, clients, why }) => {
  const shown = examples[name] ?? [];

  it('says who needs it and why, and has an example [SCM-2]', () => {
    expect(clients.length).toBeGreaterThan(0);
    expect(why).toMatch(/\.$/);
    expect(shown.length).toBeGreaterThan(0);
  });

  it.each(shown)('is understood as RFC 7644 would have it said: $said [SCM-2]', (example: Example) => {
    const { said, meant, type } = example;
    const after = outcome(said, type ?? 'User');
    expect(after).toEqual(outcome(meant, type ?? 'User'));
    expect(after).not.toEqual(befores[type ?? 'User']);
  });
});

describe('the quirks', () => {
  it('have no example of a quirk that there is not [SCM-2]', () => {
    expect(Object.keys(examples).sort()).toEqual(quirks.map(({ name }) => name).sort());
  });

  it('are all told in the guide, in these words [SCM-2]', () => {
    const guide = readFileSync(join(__dirname, '../../../../docs/scim-dialects.md'), 'utf8');
    const rows = [...guide.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\| (.*?) +\|$/gmu)].map((row) =>
      row.slice(1),
    );
    expect(rows).toEqual(quirks.map(({ name, clients, why }) => [name, clients.join(', '), why]));
  });

  it('mean the same where members are rows [SCM-2]', () => {
    const plan = (body: unknown): unknown => planMembers(readPatch(parse(body), groupType)).members;
    const groups = Object.entries(examples).filter(([name]) => name !== 'removal-of-nothing');
    for (const { said, meant } of groups.flatMap(([, shown]) => shown).filter(({ type }) => type === 'Group'))
      expect(plan(said)).toEqual(plan(meant));
  });

  it('leave a replacement of nothing refused where it is said as in RFC 7644 3.5.2.3 [SCM-1]', () => {
    for (const operation of [
      { op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '1' },
      { op: 'Replace', path: 'phoneNumbers[type eq "work"]', value: { value: '1' } },
      { op: 'Replace', path: 'phoneNumbers[type ne "work"].value', value: '1' },
    ])
      expect(() => outcome(ops(operation), 'User')).toThrow(
        expect.objectContaining({ scimType: 'noTarget' }),
      );
  });

  it('never have a removal that names nobody remove everybody [SCM-8]', () => {
    for (const value of [[], '', {}, [{}], [null], [{ display: 'Ada' }]])
      expect(outcome(ops({ op: 'Remove', path: 'members', value }), 'Group')).toBe(befores.Group);
  });
});
