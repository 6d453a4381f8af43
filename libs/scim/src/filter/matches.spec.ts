import type { JsonObject } from '../json';
import { userType } from '../schema/resource-types';
import { matches, matchesValue } from './matches';
import { parseFilter } from './parse-filter';
import { parsePath } from './parse-path';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const barbara: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: 'P1',
  externalId: 'Ext-1',
  userName: 'BJensen@Example.com',
  active: true,
  name: { familyName: 'Jensen', givenName: '' },
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@home.example', type: 'home' },
  ],
  phoneNumbers: [],
  nickName: null,
  [enterprise]: { department: 'Tours' },
  'urn:acme:1.0:User': { badge: 7, colours: ['Red', 'blue'], desk: { floor: 3 }, constructorOf: null },
  meta: { resourceType: 'User', created: '2026-01-01T00:00:00.000Z' },
};
const is = (filter: string, resource = barbara): boolean => matches(parseFilter(filter, userType), resource);

describe('whether a resource matches [SCM-1]', () => {
  it('compares with regard to case only where the schema does', () => {
    expect(is('userName eq "bjensen@example.COM"')).toBe(true);
    expect(is('externalId eq "ext-1"')).toBe(false);
    expect(is('externalId eq "Ext-1"')).toBe(true);
    expect(is('id eq "p1"')).toBe(false);
    expect(is('userName sw "bj" and userName co "@ex" and userName ew ".COM"')).toBe(true);
  });

  it('takes one matching value of several for enough, and brackets as of one and the same value', () => {
    expect(is('emails.type eq "work" and emails.value co "home"')).toBe(true);
    expect(is('emails[type eq "work" and value co "home"]')).toBe(false);
    expect(is('emails.type ne "work"')).toBe(true);
    expect(is('not (emails.type eq "work")')).toBe(false);
    expect(is(`schemas eq "${enterprise}"`)).toBe(true);
  });

  it('holds what has no value for null: different from every value, and in no order with any', () => {
    expect(is('title eq null and nickName eq null and phoneNumbers eq null')).toBe(true);
    expect(is('title ne "a"')).toBe(true);
    expect(is('title eq "a" or title gt "" or title co "" or title le "z"')).toBe(false);
    expect(is('userName ne null')).toBe(true);
    expect(is('emails[primary eq null and type eq "home"]')).toBe(true);
  });

  it('finds present what has something in it, and an empty text is nothing', () => {
    expect(is('name pr and emails pr and active pr and name.familyName pr')).toBe(true);
    expect(is('active pr', { active: false })).toBe(true);
    expect(is('name.givenName pr or phoneNumbers pr or nickName pr or title pr')).toBe(false);
    expect(is('name pr', { name: { givenName: '' } })).toBe(false);
  });

  it('orders moments by time, whatever zone they are written in', () => {
    expect(is('meta.created eq "2026-01-01T02:00:00+02:00"')).toBe(true);
    expect(is('meta.created lt "2026-01-01T00:00:00.001Z"')).toBe(true);
    expect(is('meta.created gt "2026-01-01T00:00:00"')).toBe(false);
  });

  it('orders texts by code points', () => {
    expect(is('title gt "\uE000"', { title: '🙂' })).toBe(true);
    expect(is('title gt "ab"', { title: 'abc' })).toBe(true);
    expect(is('title lt "B"', { title: 'abc' })).toBe(true);
  });

  it('looks into extensions, and into what no schema describes by the kinds of values that are there', () => {
    expect(is(`${enterprise}:department eq "TOURS"`)).toBe(true);
    expect(is('urn:acme:1.0:User:badge ge 7')).toBe(true);
    expect(is('urn:acme:1.0:User:badge eq "7"')).toBe(false);
    expect(is('urn:acme:1.0:User:colours eq "red"')).toBe(true);
    expect(is('urn:acme:1.0:User:desk.floor lt 4')).toBe(true);
    expect(is('urn:acme:1.0:User pr and not (urn:other:1.0:User pr)')).toBe(true);
  });

  it('finds nothing that an object only inherits', () => {
    expect(is('urn:acme:1.0:User:constructor pr or urn:acme:1.0:User:toString ne null')).toBe(false);
    expect(is('urn:acme:1.0:User:desk.hasOwnProperty pr')).toBe(false);
  });
});

it('matches one value by the filter in the brackets of a path [SCM-1]', () => {
  const { filter } = parsePath('emails[type eq "WORK" and not (value ew ".org")]', userType);
  if (!filter) throw new Error('The path has a filter.');
  const values = [
    { type: 'work', value: 'a@b.com' },
    { type: 'work', value: 'a@b.org' },
    { type: 'home' },
    'work',
  ];
  expect(values.map((value) => matchesValue(filter, value))).toEqual([true, false, false, false]);
});
