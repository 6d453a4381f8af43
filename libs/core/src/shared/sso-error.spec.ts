import { isStorable } from './clip';
import { SsoError } from './sso-error';

describe('SsoError', () => {
  it('bounds what it tells of hostile input, and keeps only what a database takes', () => {
    const got = ['x'.repeat(100_000), `${'a'.repeat(499)}😀`, 'a\0b', { deep: { deeper: { deepest: [1] } } }];
    const { details } = new SsoError('validation_failed', 'm'.repeat(9000), { got });
    expect(JSON.stringify(details).length).toBeLessThan(2500);
    expect(isStorable(details)).toBe(true);
    expect(isStorable(got)).toBe(false);
  });

  it('leaves ordinary details as they are', () => {
    const details = { want: 'https://a.example', got: ['one', 2, new Date(0)] };
    expect(new SsoError('validation_failed', 'no', details).details).toEqual(details);
  });
});
