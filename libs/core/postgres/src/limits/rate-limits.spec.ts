import type { RateLimit } from '@gatehouse/core';
import { PostgresSweeper } from '../sweeper';
import { createTestDatabase, type TestDatabase } from '../testing';
import { later, now } from '../testing/given';
import { rowsOf } from '../transaction';
import { PostgresRateLimits } from './rate-limits';

let database: TestDatabase;
let limits: PostgresRateLimits;
beforeAll(async () => {
  database = await createTestDatabase();
  limits = new PostgresRateLimits(database.app);
});
afterAll(() => database.drop());

let names = 0;
function aLimit(most: number, windowMs = 60_000): RateLimit {
  return { name: `limit-${++names}`, most, windowMs };
}

function after(seconds: number): Date {
  return later(seconds / 60);
}

describe('the shared rate limits', () => {
  it('allow as many as the limit says and then say how long to wait [SEC-1]', async () => {
    const limit = aLimit(3);
    for (let turn = 0; turn < 3; turn++)
      await expect(limits.take(limit, 'ada', now)).resolves.toEqual({ kind: 'allowed' });
    await expect(limits.take(limit, 'ada', now)).resolves.toEqual({
      kind: 'limited',
      seconds: 20,
      refused: 1,
    });
    await expect(limits.take(limit, 'ada', after(19.999))).resolves.toEqual({
      kind: 'limited',
      seconds: 1,
      refused: 2,
    });
  });

  it('allow again at an even pace, and all at once after a whole window [SEC-1]', async () => {
    const limit = aLimit(3);
    const take = async (at: Date) => (await limits.take(limit, 'ada', at)).kind;
    for (let turn = 0; turn < 3; turn++) await take(now);
    await expect(take(after(20))).resolves.toBe('allowed');
    await expect(take(after(20))).resolves.toBe('limited');
    const fresh = [];
    for (let turn = 0; turn < 4; turn++) fresh.push(await take(after(120)));
    expect(fresh).toEqual(['allowed', 'allowed', 'allowed', 'limited']);
  });

  it('count each name and each key for itself [SEC-1]', async () => {
    const [one, other] = [aLimit(1), aLimit(1)];
    await limits.take(one, 'ada', now);
    await expect(limits.take(one, 'bob', now)).resolves.toEqual({ kind: 'allowed' });
    await expect(limits.take(other, 'ada', now)).resolves.toEqual({ kind: 'allowed' });
    await expect(limits.take(one, 'ada', now)).resolves.toMatchObject({ kind: 'limited' });
  });

  it('allow no more of parallel calls than of calls in turn, and count every refusal once [SEC-1]', async () => {
    const limit = aLimit(5);
    const verdicts = await Promise.all(Array.from({ length: 40 }, () => limits.take(limit, 'ada', now)));
    expect(verdicts.filter(({ kind }) => kind === 'allowed')).toHaveLength(5);
    const refused = verdicts.flatMap((verdict) => (verdict.kind === 'limited' ? [verdict.refused] : []));
    expect(refused.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 35 }, (_, at) => at + 1),
    );
  });

  it('take a turn back that was not what is limited [SEC-1]', async () => {
    const limit = aLimit(2);
    const take = async () => (await limits.take(limit, 'ada', now)).kind;
    await Promise.all([take(), take()]);
    await limits.giveBack(limit, 'ada');
    await limits.giveBack(limit, 'nobody');
    await expect(take()).resolves.toBe('allowed');
    await expect(take()).resolves.toBe('limited');
  });

  it('keep no address and no account readable [SEC-1]', async () => {
    await limits.take(aLimit(1), '192.0.2.77', now);
    const rows = await rowsOf(database.app, 'SELECT key FROM rate_limits');
    expect(JSON.stringify(rows.map((row) => row.record()))).not.toContain('192.0.2');
  });

  it('are forgotten once they hold nothing back any more, and not before [SEC-1]', async () => {
    const limit = aLimit(2);
    await limits.take(limit, 'ada', now);
    await limits.take(limit, 'ada', now);
    const sweeper = new PostgresSweeper(database.app, 2);
    await sweeper.sweep(after(59));
    await expect(limits.take(limit, 'ada', now)).resolves.toMatchObject({ kind: 'limited' });
    expect((await sweeper.sweep(after(60))).limits).toBeGreaterThan(0);
    await expect(limits.take(limit, 'ada', now)).resolves.toEqual({ kind: 'allowed' });
  });
});
