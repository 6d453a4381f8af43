import { parseJson } from './parse-json';
import { ScimError } from './scim-error';

function refusal(text: string): ScimError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseJson', () => {
  it('reads objects without a prototype, in which __proto__ is a name like any other [SCM-1]', () => {
    const value = parseJson('{"__proto__": {"admin": true}, "list": [{"constructor": 1}]}');
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'list']);
    expect({}).not.toHaveProperty('admin');
  });

  it('says that a body is no JSON [SCM-1]', () => {
    for (const text of ['', '{', 'userName=ada', '{"a":1}}', "{'a':1}"])
      expect(refusal(text)).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it('refuses a body that is nested too deep, however deep it is [SCM-1]', () => {
    for (const depth of [33, 500_000])
      expect(refusal('['.repeat(depth) + ']'.repeat(depth)).detail).toContain('nested');
    expect(parseJson('['.repeat(32) + ']'.repeat(32))).toBeDefined();
  });

  it('refuses text and numbers that a database cannot keep, in values and in names [SCM-1]', () => {
    for (const text of [
      '{"a":"x\\u0000"}',
      '{"a\\u0000":1}',
      '["\\ud800"]',
      '{"\\udc00x":1}',
      '[1e999]',
      '[-1e999]',
    ])
      expect(refusal(text)).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(parseJson('["\\ud83d\\ude00 \\u00e9 \\\\u0000"]')).toEqual(['😀 é \\u0000']);
  });
});
