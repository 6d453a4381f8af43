import { SystemChance } from './chance';
import { KeyRing } from './key-ring';
import { hashToken } from './token';

const chance = new SystemChance();

describe('the key ring', () => {
  const old = { name: 'k1', key: chance.bytes(32) };
  const fresh = { name: 'k2', key: chance.bytes(32) };

  it('opens what any of its keys sealed, and seals with the first [OPS-6]', () => {
    const sealed = new KeyRing([old], chance).seal('secret', 'applications/1');
    const rotated = new KeyRing([fresh, old], chance);
    expect(rotated.open(sealed, 'applications/1')).toBe('secret');
    expect(rotated.seal('secret', 'x')).toMatch(/^k2\./);
    expect(sealed).not.toContain('secret');
  });

  it('refuses a ciphertext that was moved, changed, or sealed by a key it lacks [OPS-6]', () => {
    const ring = new KeyRing([old], chance);
    const sealed = ring.seal('secret', 'applications/1');
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => ring.open(sealed, 'applications/2')).toThrow();
    expect(() => ring.open(changed, 'applications/1')).toThrow();
    expect(() => new KeyRing([fresh], chance).open(sealed, 'applications/1')).toThrow(/SECRET_KEYS/);
  });

  it('opens a ciphertext in its one spelling, with its whole tag [OPS-6]', () => {
    const ring = new KeyRing([old], chance);
    // Of any length modulo four, which is how base64 comes by letters that count for nothing.
    for (const plain of ['', 'a', 'ab', 'abc']) {
      const sealed = ring.seal(plain, 'x');
      expect(ring.open(sealed, 'x')).toBe(plain);
      for (const other of [
        `${sealed}A`,
        `${sealed}=`,
        `${sealed} `,
        sealed.replace('.', '.-.'),
        'k1.',
        'k1.AAAAAA',
      ])
        expect(() => ring.open(other, 'x')).toThrow();
    }
  });

  it('keeps only a digest of a token [OPS-6]', () => {
    expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});
