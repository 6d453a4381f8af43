import { FallbackRateLimits } from './fallback-rate-limits';
import { LocalRateLimits } from './local-rate-limits';
import { networkKey } from './network-key';
import { RateLimits, type RateVerdict } from './rate-limits';

const now = new Date('2026-11-21T12:00:00Z');
const limit = { name: 'trying', most: 8, windowMs: 60_000 };

function after(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

class BrokenRateLimits extends RateLimits {
  constructor(private readonly answer: () => Promise<RateVerdict>) {
    super();
  }

  take(): Promise<RateVerdict> {
    return this.answer();
  }

  async giveBack(): Promise<void> {
    await this.answer();
  }
}

async function allowedOf(limits: RateLimits, tries: number, key = 'ada'): Promise<number> {
  const verdicts = [];
  for (let turn = 0; turn < tries; turn++) verdicts.push(await limits.take(limit, key, now));
  return verdicts.filter(({ kind }) => kind === 'allowed').length;
}

describe('the rate limits of one process', () => {
  it('allow as many as the limit says, and one more after each turn [SEC-1]', async () => {
    const limits = new LocalRateLimits();
    await expect(allowedOf(limits, 20)).resolves.toBe(8);
    await expect(limits.take(limit, 'ada', after(7))).resolves.toEqual({
      kind: 'limited',
      seconds: 1,
      refused: 13,
    });
    await expect(limits.take(limit, 'ada', after(7.5))).resolves.toEqual({ kind: 'allowed' });
    await expect(limits.take(limit, 'ada', after(7.5))).resolves.toMatchObject({ refused: 1, seconds: 8 });
  });

  it('take a turn back that was not what is limited [SEC-1]', async () => {
    const limits = new LocalRateLimits();
    await allowedOf(limits, 20);
    await limits.giveBack(limit, 'ada');
    await limits.giveBack(limit, 'nobody');
    await expect(allowedOf(limits, 3)).resolves.toBe(1);
  });

  it('hold no more keys than fit, and forget the oldest first [SEC-1]', async () => {
    const limits = new LocalRateLimits();
    await allowedOf(limits, 8, 'first');
    for (let other = 0; other < 10_000; other++) await limits.take(limit, `key ${other}`, now);
    await expect(limits.take(limit, 'first', now)).resolves.toEqual({ kind: 'allowed' });
  });
});

describe('rate limits whose shared counters are gone', () => {
  it('go on in each process by itself, and allow less there [SEC-1]', async () => {
    const failing = new FallbackRateLimits(
      new BrokenRateLimits(() => Promise.reject(new Error('read-only transaction'))),
    );
    await expect(allowedOf(failing, 20)).resolves.toBe(2);
    await expect(allowedOf(failing, 20, 'bob')).resolves.toBe(2);
    await expect(failing.giveBack(limit, 'bob')).resolves.toBeUndefined();
  });

  it('do not wait for counters that never answer [SEC-1] [LOG-2]', async () => {
    const hanging = new FallbackRateLimits(new BrokenRateLimits(() => new Promise(() => undefined)), 1);
    await expect(allowedOf(hanging, 3)).resolves.toBe(2);
  });

  it('allow what the shared counters allow while these answer [SEC-1]', async () => {
    const working = new FallbackRateLimits(new LocalRateLimits());
    await expect(allowedOf(working, 20)).resolves.toBe(8);
  });
});

describe('what is counted of a network address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('of %s is %s [SEC-1]', (address, key) => {
    expect(networkKey(address)).toBe(key);
  });
});
