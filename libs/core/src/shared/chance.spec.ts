import { SystemChance } from './chance';

describe('the chance of the system', () => {
  it('gives as many octets as were asked for, and none of them twice', () => {
    const chance = new SystemChance();
    const given = Array.from({ length: 2_000 }, () => Buffer.from(chance.bytes(16)).toString('hex'));
    expect(new Set(given).size).toBe(2_000);
    expect(given.every((each) => each.length === 32)).toBe(true);
  });

  it('gives any number of octets, also more than are drawn at once', () => {
    const chance = new SystemChance();
    for (const count of [0, 1, 4_095, 4_096, 4_097, 100_000]) expect(chance.bytes(count)).toHaveLength(count);
  });

  it('gives octets of their own: what a caller writes into them stays there', () => {
    const chance = new SystemChance();
    const first = chance.bytes(32);
    const before = Buffer.from(first).toString('hex');
    Array.from({ length: 300 }, () => chance.bytes(32).fill(0));
    expect(Buffer.from(first).toString('hex')).toBe(before);
  });
});
