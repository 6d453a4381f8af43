import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import type { AttributeRef, ResourceType } from '../schema/attribute';
import { groupType, userType } from '../schema/resource-types';
import { ScimError } from '../scim-error';
import type { Filter } from './filter';
import { matches } from './matches';
import { parseFilter } from './parse-filter';
import { compileFilter } from './sql/compile-filter';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A filter as it was understood, with each bracket written. */
function understood(text: string, type: ResourceType = userType): string {
  return written(parseFilter(text, type));
}

function written(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.filters.map(written).join(` ${filter.kind} `)})`;
    case 'not':
      return `not ${written(filter.filter)}`;
    case 'present':
      return `${name(filter.of)} pr`;
    case 'some':
      return `${name(filter.of)}[${written(filter.filter)}]`;
    case 'compare':
      return `${name(filter.of)} ${filter.comparison} ${JSON.stringify(filter.value)}`;
  }
}

const name = ({ extension, attribute, sub }: AttributeRef): string =>
  `${extension ? `${extension}:` : ''}${attribute.name}${sub ? `.${sub.name}` : ''}`;

function refusal(text: string, type: ResourceType = userType): ScimError {
  try {
    parseFilter(text, type);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error(`“${text}” was not refused.`);
}

describe('a filter [SCM-1]', () => {
  it.each([
    ['userName eq "bjensen"', 'userName eq "bjensen"'],
    ['USERNAME Eq "bjensen"', 'userName eq "bjensen"'],
    ['name.familyName co "O\'Malley"', 'name.familyName co "O\'Malley"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', 'userName sw "J"'],
    ['title pr', 'title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34.000Z"'],
    [
      'meta.lastModified ge "2011-05-13T04:42:34.1239+02:00"',
      'meta.lastModified ge "2011-05-13T02:42:34.123Z"',
    ],
    ['schemas eq "urn:x"', 'schemas eq "urn:x"'],
    ['active eq true', 'active eq true'],
    ['externalId eq null', 'externalId eq null'],
    [' \tuserName\n eq  "a" ', 'userName eq "a"'],
    ['displayName eq "\\u00e9 \\"\\\\"', 'displayName eq "é \\"\\\\"'],
  ])('reads %s', (text, meaning) => {
    expect(understood(text)).toBe(meaning);
  });

  it.each([
    ['title pr and userType eq "a" or active eq true', '((title pr and userType eq "a") or active eq true)'],
    ['title pr or userType eq "a" and active eq true', '(title pr or (userType eq "a" and active eq true))'],
    [
      'title pr AND (userType eq "a" Or active eq true)',
      '(title pr and (userType eq "a" or active eq true))',
    ],
    ['not (title pr) and active eq true', '(not title pr and active eq true)'],
    ['NOT(not(title pr or nickName pr))', 'not not (title pr or nickName pr)'],
  ])('takes not before and, and before or: %s', (text, meaning) => {
    expect(understood(text)).toBe(meaning);
  });

  it.each([
    ['emails[type eq "work" and value co "@x"]', 'emails[(emails.type eq "work" and emails.value co "@x")]'],
    ['emails.value eq "a"', 'emails.value eq "a"'],
    ['emails co "a"', 'emails.value co "a"'],
    ['emails pr', 'emails pr'],
    ['schemas[value eq "urn:x"]', 'schemas[schemas eq "urn:x"]'],
    ['name[familyName eq "a"]', 'name.familyName eq "a"'],
    ['emails[type eq "work"] or active eq true', '(emails[emails.type eq "work"] or active eq true)'],
  ])('asks one value of a multi-valued attribute for all that stands in brackets: %s', (text, meaning) => {
    expect(understood(text)).toBe(meaning);
  });

  it('reads a part after the brackets as of the same value, as Entra ID writes it [SCM-2]', () => {
    expect(understood('emails[type eq "work"].value eq "a" and active eq true')).toBe(
      '(emails[(emails.type eq "work" and emails.value eq "a")] and active eq true)',
    );
    expect(understood('emails[type eq "work"].value pr')).toBe(
      'emails[(emails.type eq "work" and emails.value pr)]',
    );
  });

  it('reads true and false as Entra ID writes them [SCM-2]', () => {
    expect(understood('active eq True')).toBe('active eq true');
    expect(understood('active eq "False"')).toBe('active eq false');
    expect(understood('roles[primary eq "True"]')).toBe('roles[roles.primary eq true]');
  });

  it('knows the members of a group by their IDs, as Entra ID asks for them [SCM-2]', () => {
    expect(understood('id eq "g" and members eq "p"', groupType)).toBe(
      '(id eq "g" and members.value eq "p")',
    );
  });

  it('finds attributes of extensions by their URN, without regard to case', () => {
    expect(understood(`${enterprise.toUpperCase()}:Department eq "a"`)).toBe(
      `${enterprise}:department eq "a"`,
    );
    expect(understood(`${enterprise}:manager eq "a"`)).toBe(`${enterprise}:manager.value eq "a"`);
    expect(understood(`${enterprise} pr`)).toBe(`${enterprise} pr`);
  });

  it('takes any attribute of an extension that no schema describes, with a value of any kind', () => {
    const urn = 'urn:okta:acme_1:1.0:user:custom';
    expect(understood(`${urn}:badge eq "7"`)).toBe(`${urn}:badge eq "7"`);
    expect(understood(`${urn}:badge gt 7`)).toBe(`${urn}:badge gt 7`);
    expect(understood(`${urn}:badge.Lost eq true`)).toBe(`${urn}:badge.Lost eq true`);
    expect(understood(`${urn}:badges[kind eq "gold"].since pr`)).toBe(
      `${urn}:badges[(${urn}:badges.kind eq "gold" and ${urn}:badges.since pr)]`,
    );
  });
});

describe('a filter that is refused [SCM-1]', () => {
  it.each([
    ['', 1, 'wanted the name of an attribute'],
    ['userName', 9, 'wanted pr, eq, ne'],
    ['userName is "a"', 10, 'found “is”'],
    ['userName eq', 12, 'found the end'],
    ['userName eq bjensen', 13, 'in double quotation marks'],
    ["userName eq 'a'", 13, 'in double quotation marks'],
    ['userName eq "a', 12, 'no closing quotation mark'],
    ['userName eq "CORP\\jo"', 13, 'a backslash as \\\\'],
    ['userName eq "a\\u0000"', 13, 'U+0000'],
    ['userName eq "\\ud83d"', 13, 'half of a character'],
    ['userName eq 42', 13, 'is compared with a text'],
    ['userName eq 1e999', 13, 'found “1e999”'],
    ['userName gt null', 10, 'wanted eq, ne'],
    ['active eq 1', 11, 'is compared with true or false'],
    ['active eq "yes"', 11, 'is compared with true or false'],
    ['active gt true', 8, 'wanted eq, ne'],
    ['x509Certificates.value gt "a"', 24, 'wanted eq, ne, co, sw, ew'],
    ['meta.created gt "yesterday"', 17, 'a date and time such as'],
    ['meta.created gt "2026-02-30T00:00:00Z"', 17, 'a date and time such as'],
    ['meta.created gt "0000-01-01T00:00:00Z"', 17, 'a date and time such as'],
    ['meta.created gt "0001-01-01T00:00:00+10:00"', 17, 'a date and time such as'],
    ['meta.created gt "9999-12-31T23:59:59-10:00"', 17, 'a date and time such as'],
    ['meta.created co "2026-01-01T00:00:00Z"', 14, 'wanted eq, ne, gt'],
    ['name eq "a"', 6, 'one of its parts: name.formatted'],
    ['userNmae eq "a"', 1, 'no attribute “userNmae”'],
    ['department eq "a"', 1, `write “${enterprise}:department”`],
    ['userName.first eq "a"', 1, 'has no parts'],
    ['emails.mail eq "a"', 1, 'it has value, display, type, primary'],
    ['password sw "a"', 10, 'is not compared'],
    [`${enterprise}:desk eq "a"`, 1, `${enterprise} has no attribute “desk”`],
    ['urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "a"', 1, 'no attribute of a User'],
    ['urn:x:y:__proto__ eq "a"', 1, 'no name of an attribute'],
    ['urn:x:y:a.__proto__ eq "a"', 1, 'no name of an attribute'],
    ['userName eq "a" xor active eq true', 17, 'wanted and, or, or the end'],
    ['userName eq "a")', 16, 'wanted and, or, or the end'],
    ['(userName eq "a"', 17, 'wanted and, or, or “)”'],
    ['not userName eq "a"', 5, 'wanted “(”'],
    ['emails[type eq "work"', 22, 'wanted and, or, or “]”'],
    ['emails[]', 8, 'wanted the name of an attribute'],
    ['emails[emails[value pr]]', 8, 'has no part “emails”'],
    ['emails.value[type pr]', 13, 'wanted an operator'],
    ['userName[value eq "a"]', 10, 'has no parts'],
  ])('says where, what it wanted and what it found: %s', (text, character, problem) => {
    const { status, scimType, detail } = refusal(text);
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toContain(`at character ${character}:`);
    expect(detail).toContain(problem);
  });

  it('is deeper, longer or of more comparisons than anybody means', () => {
    const nested = (depth: number): string => '('.repeat(depth) + 'title pr' + ')'.repeat(depth);
    expect(understood(nested(32))).toBe('title pr');
    expect(refusal(nested(33)).detail).toContain('at most 32 brackets within each other');
    expect(refusal('not('.repeat(4000)).detail).toContain('too long');
    expect(refusal('emails[('.repeat(1) + '('.repeat(31) + 'type pr').detail).toContain(
      'at most 32 brackets',
    );
    expect(refusal(`title eq "${'a'.repeat(8192)}"`).detail).toContain('wanted at most 8192 characters');
    const many = (count: number): string => Array.from({ length: count }, () => 'id eq "a"').join(' or ');
    expect(parseFilter(many(100), userType)).toMatchObject({ kind: 'or' });
    expect(refusal(many(101)).detail).toContain('at most 100 comparisons, found 101');
  });

  it('repeats no more than a little of what was sent', () => {
    expect(refusal(`userName ${'x'.repeat(5000)}`).detail.length).toBeLessThan(250);
  });
});

describe('any text at all [SCM-1]', () => {
  const pieces = constantFrom(
    ...[
      'userName',
      'emails',
      'name.familyName',
      'active',
      'meta.created',
      'urn:a:b:c',
      `${enterprise}:manager`,
    ],
    ...[
      'eq',
      'ne',
      'co',
      'gt',
      'pr',
      'and',
      'or',
      'not',
      'null',
      'true',
      '1',
      '-1e5',
      '"a"',
      '"\\"',
      '"2026-01-01"',
    ],
    ...[
      '(',
      ')',
      '[',
      ']',
      '.value',
      '.',
      ':',
      '"',
      '\\',
      '\0',
      '\ud800',
      '__proto__',
      'constructor',
      ' ',
      '\u2028',
    ],
  );
  const soup = oneof(
    string({ unit: 'binary', maxLength: 40 }),
    array(pieces, { maxLength: 14 }).map((all) => all.join(' ')),
  );

  it('is read and answered, or refused by a ScimError, and changes no prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    assert(
      property(soup, (text) => {
        const filter = readOrRefused(text);
        if (!filter) return;
        matches(filter, { userName: 'a', emails: [{ value: 'a' }], active: true });
        const bound: unknown[] = [];
        const columns = ({ attribute }: AttributeRef) =>
          attribute.name === 'meta' ? ({ sql: 'at', type: 'time' } as const) : undefined;
        compileFilter(filter, columns, (value) => `$${bound.push(value)}`);
      }),
      { numRuns: 3000 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  });

  function readOrRefused(text: string): Filter | undefined {
    try {
      return parseFilter(text, userType);
    } catch (error) {
      if (error instanceof ScimError && error.scimType === 'invalidFilter') return undefined;
      throw error;
    }
  }

  // Were any of these tried in more than one way, the number of ways would double with each letter.
  it.each(['"', '"\\', '\\"', '(', 'not(', ' ', '[', 'a:', 'urn:a:', 'a.', '"a" ', '1e', 'not '])(
    'is read once from its beginning to its end, were it nothing but %s',
    (piece) => {
      expect(
        refusal(piece.repeat(Math.floor(8192 / piece.length)) + '\u0001'.repeat(8192 % piece.length)),
      ).toBeInstanceOf(ScimError);
    },
  );
});
