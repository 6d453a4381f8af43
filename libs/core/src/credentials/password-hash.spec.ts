import { hash, parseOptions } from '@node-rs/argon2';
import { SystemChance } from '../shared/chance';
import { hashOfNobody, hashPassword, isOutdated, isPassword } from './password-hash';

const chance = new SystemChance();

describe('the hash of a password', () => {
  it('is argon2id with 19 MiB and two passes, and differs each time [LOG-5]', async () => {
    const [one, other] = await Promise.all([
      hashPassword('tulip kernel', chance),
      hashPassword('tulip kernel', chance),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    await expect(isPassword('tulip kernel', one)).resolves.toBe(true);
    await expect(isPassword('tulip kernel ', one)).resolves.toBe(false);
  });

  it('fits the same characters however a keyboard composes them [LOG-5]', async () => {
    const stored = await hashPassword('Äpfel und Öl im Café', chance);
    await expect(isPassword('A\u0308pfel und O\u0308l im Cafe\u0301', stored)).resolves.toBe(true);
    await expect(isPassword('Ａpfel', await hashPassword('Apfel', chance))).resolves.toBe(true);
  });

  it('fits nothing where there is no account, nor what is too long to be one [LOG-5]', async () => {
    await expect(isPassword('', undefined)).resolves.toBe(false);
    await expect(isPassword('', hashOfNobody)).resolves.toBe(false);
    const long = 'y'.repeat(1025);
    await expect(isPassword(long, await hash(long))).resolves.toBe(false);
    await expect(isPassword(long, await hashPassword('', chance))).resolves.toBe(false);
  });

  it('costs the same for nobody as for somebody [LOG-5] [LOG-3]', async () => {
    expect(parseOptions(hashOfNobody)).toEqual(parseOptions(await hashPassword('anything', chance)));
  });

  it('is outdated when it was made with other parameters [LOG-5]', async () => {
    expect(isOutdated(await hashPassword('anything', chance))).toBe(false);
    expect(isOutdated(await hash('anything', { memoryCost: 8192, timeCost: 2, parallelism: 1 }))).toBe(true);
    expect(isOutdated(await hash('anything', { memoryCost: 19_456, timeCost: 3, parallelism: 1 }))).toBe(
      true,
    );
  });
});
