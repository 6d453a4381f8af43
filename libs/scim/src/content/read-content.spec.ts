import type { JsonObject } from '../json';
import { parseJson } from '../parse-json';
import type { ResourceType } from '../schema/attribute';
import { groupType, userType } from '../schema/resource-types';
import { ScimError } from '../scim-error';
import { readContent } from './read-content';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const read = (body: unknown, type: ResourceType = userType): JsonObject =>
  readContent(parseJson(JSON.stringify(body)), type);

function refusal(body: unknown, type: ResourceType = userType): ScimError {
  try {
    read(body, type);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readContent', () => {
  it('keeps what the schemas describe, spelled as they spell it [SCM-1]', () => {
    const content = read({
      SCHEMAS: [userType.schema.id],
      USERNAME: 'ada',
      externalid: 'e-1',
      Name: { GIVENNAME: 'Ada', familyName: 'Lovelace' },
      emails: [{ VALUE: 'ada@example.com', Type: 'work', primary: true }],
      [enterprise.toUpperCase()]: {
        Department: 'Engines',
        manager: { value: 'dper_1', $REF: '../Users/dper_1' },
      },
    });
    expect(content).toEqual({
      userName: 'ada',
      externalId: 'e-1',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
      [enterprise]: { department: 'Engines', manager: { value: 'dper_1', $ref: '../Users/dper_1' } },
    });
  });

  it('takes nothing from a client that only the server writes, and keeps no password [SCM-1]', () => {
    const content = read({
      userName: 'ada',
      id: 'dper_of_another',
      meta: { version: 'W/"9"' },
      groups: [{ value: 'dgrp_1' }],
      password: 'hunter2',
      tenantId: 'ten_1',
      role: 'owner',
      [enterprise]: { manager: { value: 'dper_1', displayName: 'Charles' }, salary: 1 },
    });
    expect(content).toEqual({ userName: 'ada', [enterprise]: { manager: { value: 'dper_1' } } });
  });

  it('keeps an extension that nobody describes as it came [SCM-1]', () => {
    const own = { Shoe: { Size: 42, laces: [null, { a: [] }] }, none: null, empty: [] };
    expect(read({ userName: 'ada', 'urn:example:params:scim:Own': own })).toEqual({
      userName: 'ada',
      'urn:example:params:scim:Own': { Shoe: own.Shoe },
    });
  });

  it('has null, an empty list and an empty object mean that there is nothing (RFC 7643 2.5) [SCM-1]', () => {
    const content = read({
      userName: 'ada',
      title: null,
      emails: [],
      name: {},
      phoneNumbers: [{}, null],
      [enterprise]: {},
    });
    expect(content).toEqual({ userName: 'ada' });
  });

  it('keeps the same value once [SCM-1]', () => {
    const content = read({
      userName: 'ada',
      emails: [
        { value: 'a@b.c', type: 'work' },
        { type: 'work', value: 'a@b.c' },
      ],
    });
    expect(content['emails']).toEqual([{ value: 'a@b.c', type: 'work' }]);
  });

  it.each([
    ['no object', [], 'invalidSyntax', 'A User is an object'],
    ['no userName', { displayName: 'Ada' }, 'invalidValue', 'userName'],
    ['a blank userName', { userName: ' ' }, 'invalidValue', 'userName'],
    ['a number for a text', { userName: 5 }, 'invalidValue', 'userName takes a text. What came is a number.'],
    [
      'a list of two for one value',
      { userName: 'ada', title: ['a', 'b'] },
      'invalidValue',
      'title takes a text',
    ],
    [
      'a text that is no boolean',
      { userName: 'ada', active: 'nope' },
      'invalidValue',
      'active takes true or false',
    ],
    ['a number for a boolean', { userName: 'ada', active: 0 }, 'invalidValue', 'active takes true or false'],
    ['a part of a wrong type', { userName: 'ada', emails: [{ value: {} }] }, 'invalidValue', 'emails.value'],
    ['a name that is a number', { userName: 'ada', name: 5 }, 'invalidValue', 'name takes an object'],
    [
      'certificates that are no base64',
      { userName: 'ada', x509Certificates: [{ value: 'a b!' }] },
      'invalidValue',
      'base64',
    ],
    ['a userName too long for an index', { userName: 'x'.repeat(513) }, 'invalidValue', '512'],
    [
      'an externalId too long for an index',
      { userName: 'ada', externalId: 'x'.repeat(513) },
      'invalidValue',
      '512',
    ],
    [
      'more values than anybody has',
      { userName: 'ada', roles: Array.from({ length: 501 }, (_, at) => ({ value: String(at) })) },
      'invalidValue',
      '500',
    ],
    [
      'two that are primary',
      {
        userName: 'ada',
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
      'primary',
    ],
  ])('refuses %s, and says what is wanted [SCM-1]', (_, body, scimType, detail) => {
    expect(refusal(body)).toMatchObject({ status: 400, scimType });
    expect(refusal(body).detail).toContain(detail);
  });

  it('repeats no value of a client in a refusal [SCM-7]', () => {
    expect(refusal({ userName: 'ada', active: 'hunter2' }).detail).not.toContain('hunter2');
  });

  it('reads a group with its people, as many as there are [SCM-1]', () => {
    const members = Array.from({ length: 10_000 }, (_, at) => ({
      value: `dper_${String(at)}`,
      display: 'ignored',
    }));
    const content = read({ displayName: 'Engines', members: [...members, ...members] }, groupType);
    expect(content['members']).toHaveLength(10_000);
    expect(content['members']).toContainEqual({ value: 'dper_9999' });
  });

  it('refuses a group without a name, and a member without an id [SCM-1]', () => {
    expect(refusal({ members: [] }, groupType).detail).toContain('displayName');
    expect(refusal({ displayName: 'E', members: [{ type: 'User' }] }, groupType).detail).toContain(
      'members needs value',
    );
  });
});
