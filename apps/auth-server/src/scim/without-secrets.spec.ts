import { createTokenSecret, SystemChance } from '@gatehouse/core';
import { addressWithoutSecrets, textWithoutSecrets, withoutSecrets } from './without-secrets';

const secret = 'hunter2-of-ada';

describe('a body as it is kept', () => {
  it('is the very text that came where it speaks of no secret [SCM-7]', () => {
    const body = '{ "userName":"ada@acme.example",  "active": "False", "__proto__": {"x": 1} }';
    expect(withoutSecrets(body)).toBe(body);
  });

  it.each([
    ['of a person', { userName: 'ada', password: secret }],
    ['in other letters', { PassWord: secret }],
    ['by its full name', { 'urn:ietf:params:scim:schemas:core:2.0:User:password': secret }],
    ['in an operation', { Operations: [{ op: 'replace', path: 'password', value: secret }] }],
    [
      'in an operation with names in capitals',
      { Operations: [{ Op: 'Replace', Path: 'PASSWORD', Value: secret }] },
    ],
    [
      'in an operation without a path',
      { Operations: [{ op: 'add', value: { active: true, password: secret } }] },
    ],
    ['in a bulk request', { Operations: [{ method: 'POST', path: '/Users', data: { password: secret } }] }],
    ['in a search', { filter: `userName eq "ada" and password eq "${secret}"` }],
    ['in a path', { Operations: [{ op: 'remove', path: `emails[password eq "${secret}"]` }] }],
    ['in a list', { password: [{ value: secret }] }],
    ['that some client invented', { 'urn:acme:User': { initialPassword: secret } }],
  ])('holds no password: %s [SCM-7] [OPS-6]', (_, body) => {
    const kept = withoutSecrets(JSON.stringify(body));
    expect(kept).not.toContain(secret);
    expect(kept).toContain('(removed)');
  });

  it('holds no password that hides behind an escape, nor one in what is no JSON [SCM-7] [OPS-6]', () => {
    expect(withoutSecrets(`{"p\\u0061ssword":"${secret}"}`)).toBe('{"password":"(removed)"}');
    expect(withoutSecrets(`{"password":"${secret}`)).not.toContain(secret);
    expect(withoutSecrets(`userName=ada&password=${secret}`)).not.toContain(secret);
  });

  it('holds no key of ours, wherever it stands [SCM-7] [OPS-6]', () => {
    const chance = new SystemChance();
    for (const key of [createTokenSecret(chance), createTokenSecret(chance, 'scim_')])
      expect(withoutSecrets(JSON.stringify({ nickName: `my ${key}`, [key]: 1 }))).not.toContain(
        key.slice(20, 60),
      );
  });

  it('keeps what is beside a password, however deep [SCM-7]', () => {
    const kept: unknown = JSON.parse(
      withoutSecrets('{"userName":"ada","password":"x","emails":[{"value":"a@b"}]}'),
    );
    expect(kept).toEqual({ userName: 'ada', password: '(removed)', emails: [{ value: 'a@b' }] });
    const deep = `${'{"a":'.repeat(5000)}{"password":"${secret}"}${'}'.repeat(5000)}`;
    expect(withoutSecrets(deep)).not.toContain(secret);
  });

  it('never takes a name for the prototype of what is kept [SEC-1]', () => {
    expect(withoutSecrets('{"__proto__":{"password":"x"}}')).toBe('{"__proto__":{"password":"(removed)"}}');
  });
});

describe('an address as it is kept', () => {
  it('is what was asked for, unless its query speaks of a password [SCM-7] [OPS-6]', () => {
    const usual = '/Users?filter=userName%20eq%20%22ada%22';
    expect(addressWithoutSecrets(usual)).toBe(usual);
    for (const named of ['password', 'p%61ssword'])
      expect(addressWithoutSecrets(`/Users?filter=${named}%20eq%20%22${secret}%22`)).toBe('/Users?(removed)');
  });

  it('holds no key of ours, in whatever letters it was pasted [SCM-7] [OPS-6]', () => {
    const key = createTokenSecret(new SystemChance(), 'scim_');
    for (const path of [`/Users/${key}`, `/Users/${key.replaceAll('_', '%5F')}`, `/Users/${key}?count=1`])
      expect(addressWithoutSecrets(path)).not.toContain(key.slice(20, 60));
  });
});

it('what a client was told, or told of itself, is kept without keys of ours [SCM-7] [OPS-6]', () => {
  const key = createTokenSecret(new SystemChance(), 'scim_');
  expect(textWithoutSecrets(`There is no User ${key} in this directory.`)).toBe(
    'There is no User (removed) in this directory.',
  );
});
