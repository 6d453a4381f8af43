import { traceLifetimeMs } from '../login/sign-in-trace';
import { certificateStanding, isReplaced, usesCountedMs } from './certificate-use';

const now = new Date('2026-11-21T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;
const at = (days: number) => new Date(now.getTime() + days * day);

function aCertificate(fingerprint: string, until: number, from = -900) {
  return { fingerprint, notBefore: at(from), notAfter: at(until) };
}

function used(fingerprint: string, days: number, signIns = 1) {
  return { fingerprint, signIns, lastUsedAt: at(days) };
}

const [old, next] = [aCertificate('old', 20), aCertificate('next', 900)];
const both = [old, next];

describe('a certificate among others', () => {
  it('is the primary one as long as it was used last [CRT-3]', () => {
    const uses = [used('old', -2, 40), used('next', -1, 3)];
    expect(both.map((each) => certificateStanding(each, both, uses, now))).toEqual([
      { role: 'secondary', usedBySignIns: 40, lastUsedAt: at(-2), removable: true },
      { role: 'primary', usedBySignIns: 3, lastUsedAt: at(-1), removable: false },
    ]);
  });

  it('is the primary one while none was used, if it is the first that is valid [CRT-3]', () => {
    const roles = (all: readonly ReturnType<typeof aCertificate>[]) =>
      all.map((each) => certificateStanding(each, all, [], now).role);
    expect(roles(both)).toEqual(['primary', 'secondary']);
    expect(roles([aCertificate('past', -1), aCertificate('soon', 900, 1), next])).toEqual([
      'secondary',
      'secondary',
      'primary',
    ]);
    expect(roles([aCertificate('past', -1)])).toEqual(['primary']);
  });

  it.each([
    ['when the next one signs people in', [used('old', -2), used('next', -1)], true],
    ['when it was not used for a month, and the next one was', [used('next', -1)], true],
    ['not while the identity provider still signs with both', [used('next', -2), used('old', -1)], false],
    ['not while the next one is only announced', [used('old', -1)], false],
    ['not where neither was used', [], false],
  ])('is replaced %s [CRT-2] [CRT-3]', (_, uses, expected) => {
    expect(isReplaced(old, both, uses, now)).toBe(expected);
  });

  it('is not replaced by one that ends sooner, has ended, or has not begun [CRT-2] [CRT-3]', () => {
    const uses = [used('next', -1)];
    expect(isReplaced(old, [old, aCertificate('next', 19)], uses, now)).toBe(false);
    const ended = aCertificate('past', -5);
    expect(isReplaced(ended, [ended, aCertificate('next', -1)], uses, now)).toBe(false);
    expect(isReplaced(old, [old, aCertificate('next', 900, 1)], uses, now)).toBe(false);
  });

  it('is judged by as many days as sign-ins are remembered [CRT-3] [LOG-11]', () => {
    expect(usesCountedMs).toBe(traceLifetimeMs);
  });
});
