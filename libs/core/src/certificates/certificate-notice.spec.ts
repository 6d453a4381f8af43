import fc from 'fast-check';
import {
  dueNotice,
  nextCheckAt,
  noticeThresholds,
  urgencyOf,
  type NoticeThreshold,
} from './certificate-notice';

const now = new Date('2026-11-21T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;

function lasting(ms: number) {
  return { notAfter: new Date(now.getTime() + ms) };
}

describe('the notice of a certificate', () => {
  it.each<[NoticeThreshold | 'none', number]>([
    ['none', 30 * day + 1],
    [30, 30 * day],
    [30, 14 * day + 1],
    [14, 14 * day],
    [14, 7 * day + 1],
    [7, 7 * day],
    [7, 0],
    ['expired', -1],
    ['expired', -4_000 * day],
  ])('is %s with %i milliseconds left [CRT-2]', (threshold, left) => {
    expect(dueNotice(lasting(left), now) ?? 'none').toBe(threshold);
  });
});

/** What is told in the course of checks at these moments: each notice once, and none after a more urgent one. */
function toldBy(checks: readonly number[], end: Date): readonly NoticeThreshold[] {
  const told: NoticeThreshold[] = [];
  for (const at of checks) {
    const due = dueNotice({ notAfter: end }, new Date(at));
    if (due !== undefined && told.every((each) => urgencyOf(each) > urgencyOf(due))) told.push(due);
  }
  return told;
}

const span = 60 * day;
const moments = fc
  .array(fc.integer({ min: -span, max: span }), { minLength: 1, maxLength: 60 })
  .map((offsets) => offsets.map((offset) => now.getTime() + offset).toSorted((one, other) => one - other));

describe('over any course of checks, however irregular', () => {
  it('each notice is told at most once, in the order of their urgency [CRT-2]', () => {
    fc.assert(
      fc.property(moments, (checks) => {
        const ranks = toldBy(checks, now).map(urgencyOf);
        expect(ranks).toEqual([...new Set(ranks)].toSorted((one, other) => other - one));
      }),
    );
  });

  it('the most urgent one is told at the last check at the latest [CRT-2]', () => {
    fc.assert(
      fc.property(moments, (checks) => {
        const due = dueNotice({ notAfter: now }, new Date(checks.at(-1) ?? 0));
        expect(toldBy(checks, now).at(-1)).toBe(due);
      }),
    );
  });

  it('all four are told at their very moment, where each check is made when the one before says [CRT-2]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 31 * day, max: 90 * day }), (left) => {
        const end = new Date(now.getTime() + left);
        const told: [NoticeThreshold, number][] = [];
        for (
          let at = now;
          at.getTime() <= end.getTime() + 2 * day;
          at = nextCheckAt([{ notAfter: end }], at)
        ) {
          const due = dueNotice({ notAfter: end }, at);
          if (due !== undefined && told.every(([each]) => each !== due))
            told.push([due, end.getTime() - at.getTime()]);
        }
        expect(told).toEqual([
          [30, 30 * day],
          [14, 14 * day],
          [7, 7 * day],
          ['expired', -1],
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it('the next check is ahead, and within a day [CRT-2]', () => {
    const certificates = fc.array(fc.integer({ min: -span, max: span }).map(lasting), { maxLength: 10 });
    fc.assert(
      fc.property(certificates, (each) => {
        const pause = nextCheckAt(each, now).getTime() - now.getTime();
        expect(pause).toBeGreaterThan(0);
        expect(pause).toBeLessThanOrEqual(day);
      }),
    );
  });

  it('every notice has a rank of its own [CRT-2]', () => {
    expect(noticeThresholds.map(urgencyOf)).toEqual([30, 14, 7, 0]);
  });
});
