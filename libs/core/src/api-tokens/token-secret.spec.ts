import { SystemChance } from '../shared/chance';
import { createTokenSecret, isTokenSecret } from './token-secret';

const chance = new SystemChance();

describe('the secret of an API token', () => {
  it('carries 256 bits of chance and begins with a name that scanners find [SES-4]', () => {
    const given = Buffer.alloc(32, 0xab);
    const secret = createTokenSecret({ bytes: () => given });
    expect(secret).toMatch(new RegExp(`^gatehouse_(?:ab){32}[0-9a-f]{8}$`));
    expect(new Set(Array.from({ length: 50 }, () => createTokenSecret(chance))).size).toBe(50);
  });

  it('is told from what was mistyped, cut off or made up [SES-4]', () => {
    const secret = createTokenSecret(chance);
    expect(isTokenSecret(secret)).toBe(true);
    const swapped = secret.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const wrong of [swapped, secret.slice(0, -1), `${secret}0`, secret.toUpperCase(), ` ${secret}`, ''])
      expect(isTokenSecret(wrong)).toBe(false);
  });
});
