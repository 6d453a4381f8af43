import type { Content, Json } from '@gatehouse/scim';
import { readProfile } from './read-profile';

const ada = 'ada@acme.example';
const profile = (content: Content) => readProfile({ userName: 'ada', ...content });
const emails = (...values: Json[]) => ({ emails: values });

describe('what a User resource says of a person', () => {
  it('is its primary address, else that of work, else the first, else a userName that is one [SCM-3] [SCM-10]', () => {
    const [home, work] = [
      { value: 'home@acme.example', type: 'home' },
      { value: 'work@acme.example', type: 'Work' },
    ];
    const primary = { value: ada, primary: true };
    expect(profile(emails(home, work, primary)).email).toBe(ada);
    expect(profile(emails(home, work)).email).toBe('work@acme.example');
    expect(profile(emails(home, { value: 'other@acme.example' })).email).toBe('home@acme.example');
    expect(profile({ userName: ada }).email).toBe(ada);
    expect(profile({ userName: ada, ...emails(home) }).email).toBe('home@acme.example');
    expect(profile({}).email).toBeUndefined();
  });

  it('has its address in the one spelling that domains are compared in [SCM-3]', () => {
    expect(profile(emails({ value: ' Ada@ACME.example ' })).email).toBe('Ada@acme.example');
    expect(profile(emails({ value: 'ada@bücher.example' })).email).toBe('ada@xn--bcher-kva.example');
    for (const value of ['ada', 'ada@', '@acme.example', 'ada@acme.example, eve@evil.example', 1, null])
      expect(profile(emails({ value })).email).toBeUndefined();
  });

  it('is a name to be called by [SCM-3]', () => {
    const name = { formatted: 'Ada King', givenName: 'Ada', familyName: 'Lovelace' };
    expect(profile({ displayName: 'Countess', name }).name).toBe('Countess');
    expect(profile({ displayName: ' ', name }).name).toBe('Ada King');
    expect(profile({ name: { givenName: 'Ada', familyName: 'Lovelace' } }).name).toBe('Ada Lovelace');
    expect(profile({ name: { familyName: 'Lovelace' } }).name).toBe('Lovelace');
    expect(profile({}).name).toBeUndefined();
    expect(profile({ displayName: `${'x'.repeat(199)}😀` }).name).toBe('x'.repeat(199));
  });

  it('is active unless it says that it is not [SCM-3]', () => {
    expect([profile({}).active, profile({ active: true }).active, profile({ active: false }).active]).toEqual(
      [true, true, false],
    );
  });

  it('needs a userName that an index can hold, and takes an empty externalId for none [SCM-1]', () => {
    expect(profile({ externalId: '' })).not.toHaveProperty('externalId');
    for (const content of [
      { userName: '' },
      { userName: ' ' },
      { userName: 'é'.repeat(1500) },
      { externalId: 'x'.repeat(2100) },
    ])
      expect(() => profile(content)).toThrow(
        expect.objectContaining({ status: 400, scimType: 'invalidValue' }),
      );
  });
});
