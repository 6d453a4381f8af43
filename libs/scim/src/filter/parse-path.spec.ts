import { groupType, userType } from '../schema/resource-types';
import { parseAttribute } from './parse-attribute';
import { parsePath } from './parse-path';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('a path of a PATCH [SCM-1]', () => {
  it('names an attribute or a part of one, without regard to case', () => {
    expect(parsePath('NICKNAME', userType)).toMatchObject({ of: { attribute: { name: 'nickName' } } });
    expect(parsePath('name.FamilyName', userType)).toMatchObject({
      of: { attribute: { name: 'name' }, sub: { name: 'familyName' } },
    });
    expect(parsePath('urn:ietf:params:scim:schemas:core:2.0:User:active', userType)).toMatchObject({
      of: { attribute: { name: 'active' } },
    });
    expect(parsePath('password', userType)).toMatchObject({ of: { attribute: { name: 'password' } } });
  });

  it('chooses values of a multi-valued attribute, and a part of them', () => {
    const chosen = {
      of: { attribute: { name: 'addresses' } },
      filter: { kind: 'compare', of: { sub: { name: 'type' } }, comparison: 'eq', value: 'work' },
    };
    expect(parsePath('addresses[type eq "work"]', userType)).toMatchObject(chosen);
    expect(parsePath('addresses[type eq "work"].streetAddress', userType)).toMatchObject({
      ...chosen,
      of: { attribute: { name: 'addresses' }, sub: { name: 'streetAddress' } },
    });
    expect(parsePath('members[value eq "p"]', groupType)).toMatchObject({
      filter: { of: { sub: { name: 'value' } } },
    });
  });

  it('reaches into extensions, takes one as a whole, and one that no schema describes as it is spelled', () => {
    expect(parsePath(`${enterprise}:manager.value`, userType)).toMatchObject({
      of: { extension: enterprise, attribute: { name: 'manager' }, sub: { name: 'value' } },
    });
    expect(parsePath(enterprise.toLowerCase(), userType)).toMatchObject({
      of: { attribute: { name: enterprise, type: 'complex' } },
    });
    expect(parsePath('urn:acme:2.0:User:Badge.Colour', userType).of).toMatchObject({
      extension: 'urn:acme:2.0:User',
      attribute: { name: 'Badge' },
      sub: { name: 'Colour' },
      undescribed: true,
    });
    expect(parsePath('urn:acme:2.0:User', userType).of).toMatchObject({
      attribute: { name: 'urn:acme:2.0:User', type: 'complex' },
      undescribed: true,
    });
  });

  it.each([
    ['', 1, 'wanted the name of an attribute, found the end'],
    ['nickNames', 1, 'no attribute “nickNames”'],
    ['__proto__', 1, 'no attribute “__proto__”'],
    ['name.constructor', 1, 'has no part “constructor”'],
    ['userName eq "a"', 10, 'wanted the end of the path'],
    ['name[familyName eq "a"]', 5, 'has no values to choose from'],
    ['emails[type eq "work"]value', 23, 'wanted “.”'],
    ['emails[type eq "work"].mail', 23, 'has no part “mail”'],
    ['emails[type eq "work"', 22, 'wanted and, or, or “]”'],
    ['emails[type]', 12, 'wanted pr, eq'],
    ['urn:ietf:params:scim:schemas:core:2.0:User', 1, 'names a schema'],
  ])('is refused with where and why: %s', (path, character, problem) => {
    expect(() => parsePath(path, userType)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'invalidPath',
        detail: expect.stringMatching(
          new RegExp(`^The path cannot be read at character ${character}: `, 'u'),
        ),
      }),
    );
    expect(() => parsePath(path, userType)).toThrow(problem);
  });
});

describe('the name of an attribute [SCM-1]', () => {
  it('is one name and nothing after it', () => {
    expect(parseAttribute('meta.LastModified', userType)).toMatchObject({ sub: { name: 'lastModified' } });
    expect(() => parseAttribute('userName pr', userType)).toThrow('wanted the end of the name, found “pr”');
    expect(() => parseAttribute('shoeSize', userType)).toThrow(
      expect.objectContaining({ scimType: 'invalidValue' }),
    );
  });
});
