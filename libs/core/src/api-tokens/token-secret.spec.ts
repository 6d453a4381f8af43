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

  it('of a directory is none of a member, nor the other way round [SCM-5] [SES-4]', () => {
    const [ofMember, ofDirectory] = [createTokenSecret(chance), createTokenSecret(chance, 'scim_')];
    expect(ofDirectory).toMatch(/^gatehouse_scim_[0-9a-f]{72}$/);
    expect([isTokenSecret(ofDirectory, 'scim_'), isTokenSecret(ofDirectory)]).toEqual([true, false]);
    expect([isTokenSecret(ofMember), isTokenSecret(ofMember, 'scim_')]).toEqual([true, false]);
  });

  it('is told from what was mistyped, cut off or made up [SES-4]', () => {
    const secret = createTokenSecret(chance);
    expect(isTokenSecret(secret)).toBe(true);
    const swapped = secret.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const wrong of [swapped, secret.slice(0, -1), `${secret}0`, secret.toUpperCase(), ` ${secret}`, ''])
      expect(isTokenSecret(wrong)).toBe(false);
  });
});
