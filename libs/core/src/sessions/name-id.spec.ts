import { isSameNameId } from './name-id';

const email = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const unspecified = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';

describe('the NameID of a logout', () => {
  it.each([
    ['says the same', { value: 'ada', format: persistent, nameQualifier: 'idp', spNameQualifier: 'sp' }],
    ['leaves out the format and the qualifiers', { value: 'ada' }],
    ['says that the format is unspecified', { value: 'ada', format: unspecified }],
  ])('is the one of the session when it %s [SML-11]', (_, asked) => {
    const kept = { value: 'ada', format: persistent, nameQualifier: 'idp', spNameQualifier: 'sp' };
    expect(isSameNameId(kept, asked)).toBe(true);
    expect(isSameNameId(asked, kept)).toBe(true);
  });

  it.each([
    ['value', { value: 'Ada', format: persistent }],
    ['format', { value: 'ada', format: email }],
    ['name qualifier', { value: 'ada', nameQualifier: 'another idp' }],
    ['service provider', { value: 'ada', spNameQualifier: 'another sp' }],
  ])('is another with another %s [SML-11]', (_, asked) => {
    const kept = { value: 'ada', format: persistent, nameQualifier: 'idp', spNameQualifier: 'sp' };
    expect(isSameNameId(kept, asked)).toBe(false);
  });
});
