import type { Attribute, Schema } from './attribute';
import { commonAttributes } from './every-resource';
import { attributeNamed, extensionNamed, topAttribute } from './find-attribute';
import { groupType, userType } from './resource-types';

const plural = ['value', 'display', 'type', 'primary'];

/** RFC 7643 4 and 8.7.1: the names of all attributes and of their parts. */
const standard: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'urn:ietf:params:scim:schemas:core:2.0:User': {
    userName: [],
    name: ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'],
    displayName: [],
    nickName: [],
    profileUrl: [],
    title: [],
    userType: [],
    preferredLanguage: [],
    locale: [],
    timezone: [],
    active: [],
    password: [],
    emails: plural,
    phoneNumbers: plural,
    ims: plural,
    photos: plural,
    addresses: [
      'formatted',
      'streetAddress',
      'locality',
      'region',
      'postalCode',
      'country',
      'type',
      'primary',
    ],
    groups: ['value', '$ref', 'display', 'type'],
    entitlements: plural,
    roles: plural,
    x509Certificates: plural,
  },
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
    employeeNumber: [],
    costCenter: [],
    organization: [],
    division: [],
    department: [],
    manager: ['value', '$ref', 'displayName'],
  },
  'urn:ietf:params:scim:schemas:core:2.0:Group': {
    displayName: [],
    members: ['value', '$ref', 'display', 'type'],
  },
};

const schemas: readonly Schema[] = [userType.schema, ...userType.extensions, groupType.schema];
const everyAttribute = schemas.flatMap((schema) => schema.attributes).concat(commonAttributes);
const withParts = (attribute: Attribute): Attribute[] => [attribute, ...(attribute.subAttributes ?? [])];

describe('the schemas', () => {
  it('have every attribute and every part of RFC 7643, and no other [SCM-1]', () => {
    const described = schemas.map(({ id, attributes }) => [
      id,
      Object.fromEntries(
        attributes.map(({ name, subAttributes }) => [name, (subAttributes ?? []).map((sub) => sub.name)]),
      ),
    ]);
    expect(Object.fromEntries(described)).toEqual(standard);
  });

  it('describe parts of complex attributes only, and each in words [SCM-1]', () => {
    for (const attribute of everyAttribute.flatMap(withParts)) {
      expect([attribute.name, attribute.type === 'complex']).toEqual([
        attribute.name,
        attribute.subAttributes !== undefined,
      ]);
      expect([attribute.name, attribute.type === 'reference']).toEqual([
        attribute.name,
        attribute.referenceTypes !== undefined,
      ]);
      expect(attribute.description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('tell what this server does: who is unique, what is written by it only, what never comes back [SCM-1]', () => {
    const names = (keep: (attribute: Attribute) => boolean): string[] =>
      everyAttribute.filter(keep).map((attribute) => attribute.name);
    expect(names(({ required }) => required)).toEqual(['userName', 'displayName', 'schemas']);
    expect(names(({ uniqueness }) => uniqueness === 'server')).toEqual(['userName', 'displayName', 'id']);
    expect(names(({ mutability }) => mutability === 'readOnly')).toEqual(['groups', 'id', 'meta']);
    expect(names(({ returned }) => returned === 'never')).toEqual(['password']);
    expect(names(({ caseExact }) => caseExact)).toEqual([
      'profileUrl',
      'password',
      'schemas',
      'id',
      'externalId',
    ]);
  });

  it('are found by names and URNs without regard to case [SCM-1]', () => {
    expect(topAttribute(userType, 'USERNAME')?.name).toBe('userName');
    expect(topAttribute(groupType, 'externalid')?.name).toBe('externalId');
    expect(topAttribute(groupType, 'userName')).toBeUndefined();
    expect(topAttribute(userType, '__proto__')).toBeUndefined();
    expect(extensionNamed(userType, 'URN:ietf:params:scim:schemas:EXTENSION:enterprise:2.0:user')?.name).toBe(
      'EnterpriseUser',
    );
    expect(attributeNamed(userType.schema.attributes, 'constructor')).toBeUndefined();
  });
});
