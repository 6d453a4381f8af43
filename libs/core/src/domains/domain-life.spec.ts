import fc from 'fast-check';
import {
  firstCheckAt,
  lapsesAt,
  nextDomainState,
  type DomainLife,
  type LifeEvent,
  type NextDomainState,
  type Seen,
} from './domain-life';

const hour = 3_600_000;
const day = 24 * hour;
const start = new Date('2026-03-01T12:00:00Z');
const verified: DomainLife = { verifiedAt: start };

/** Lives through looks at the times that the rule names, or `after` that many hours where that is given. */
class Life {
  now = start.getTime();
  private faults = 0;
  readonly events: LifeEvent[] = [];

  constructor(public life: DomainLife = verified) {}

  look(seen: Seen, after?: number): NextDomainState {
    this.now = after === undefined ? this.due : this.now + after * hour;
    this.faults = seen === 'fault' ? this.faults + 1 : 0;
    const next = nextDomainState(this.life, seen, {
      now: new Date(this.now),
      faults: this.faults,
      spread: 0.5,
    });
    this.life = next.life;
    if (next.event) this.events.push(next.event);
    return next;
  }

  /** Until that long from now, as often as the rule says; gives how many looks that took. */
  goOn(seen: Seen, forMs: number): number {
    const end = this.now + forMs;
    let looks = 0;
    for (; this.due <= end && looks < 10_000; looks += 1) this.look(seen);
    return looks;
  }

  private get due(): number {
    return this.life.nextCheckAt?.getTime() ?? this.now;
  }
}

describe('the life of a proven domain', () => {
  it('goes on for ever while the proof is found, one look a day [DOM-8]', () => {
    const life = new Life();
    expect(life.goOn('found', 100 * day)).toBeGreaterThanOrEqual(99);
    expect(life.goOn('found', 100 * day)).toBeLessThanOrEqual(101);
    expect(life.events).toEqual([]);
    expect(life.life.verifiedAt).toEqual(start);
  });

  it('warns at the second look that finds nothing, half an hour or more behind the first [DOM-8]', () => {
    const life = new Life();
    expect(life.look('missing')).not.toHaveProperty('event');
    expect(life.life).toMatchObject({ verifiedAt: start, missing: { since: start } });
    expect(life.look('missing', 0.25)).not.toHaveProperty('event');
    expect(life.look('missing', 0.25)).toMatchObject({ event: 'missed' });
    expect(life.life.verifiedAt).toEqual(start);
    expect(life.look('missing', 0.25)).not.toHaveProperty('event');
  });

  it('lapses 14 days after the warning, having reminded once, and told each thing once [DOM-8]', () => {
    const life = new Life();
    life.goOn('missing', hour);
    const warnedAt = life.now;
    life.goOn('missing', 14 * day - 2 * hour);
    expect([life.events, life.life.verifiedAt]).toEqual([['missed', 'reminded'], start]);
    expect(life.life.missing && lapsesAt(life.life.missing)).toEqual(new Date(warnedAt + 14 * day));
    life.goOn('missing', 4 * hour);
    expect(life.events).toEqual(['missed', 'reminded', 'lapsed']);
    expect(life.life).not.toHaveProperty('verifiedAt');
    life.goOn('missing', 300 * day);
    expect(life.events).toEqual(['missed', 'reminded', 'lapsed']);
  });

  it('is looked at every hour while the proof is missing and in the week after the lapse, then daily [DOM-8]', () => {
    const life = new Life();
    expect(life.goOn('missing', 10 * day)).toBeGreaterThanOrEqual(239);
    life.goOn('missing', 5 * day);
    expect(life.life.lapsedAt).toBeDefined();
    expect(life.goOn('missing', 5 * day)).toBeGreaterThanOrEqual(119);
    life.goOn('missing', 3 * day);
    expect(life.goOn('missing', 10 * day)).toBeLessThanOrEqual(11);
  });

  it.each([3, 20])('recovers by itself when the proof is back after %d days [DOM-8]', (days) => {
    const life = new Life();
    life.goOn('missing', days * day);
    expect(life.look('found')).toMatchObject({ event: 'recovered' });
    const { lapsedAt, missing, verifiedAt } = life.life;
    expect([lapsedAt, missing]).toEqual([undefined, undefined]);
    expect(verifiedAt).toEqual(days < 14 ? start : new Date(life.now));
    expect(life.look('found')).not.toHaveProperty('event');
  });

  it('tells nobody of a proof that was missed once and is back at the next look [DOM-8]', () => {
    const life = new Life();
    life.look('missing');
    life.look('found');
    life.look('missing');
    expect([life.events, life.life.verifiedAt]).toEqual([[], start]);
  });

  it('changes nothing at a fault but the time of the next look, which comes later each time [DOM-8]', () => {
    const life = new Life();
    life.look('missing');
    const { missing } = life.life;
    const pauses = Array.from({ length: 8 }, () => {
      life.look('fault');
      return (life.life.nextCheckAt?.getTime() ?? 0) - life.now;
    });
    expect(life.life).toMatchObject({ verifiedAt: start, missing });
    expect(pauses.map((pause) => pause / hour)).toEqual([0.25, 0.5, 1, 1, 1, 1, 1, 1]);
    const healthy = new Life();
    expect(healthy.goOn('fault', 10 * day)).toBeLessThanOrEqual(48);
    expect(healthy.life.verifiedAt).toEqual(start);
  });

  it('counts no days but those on which nothing was found: faults in between put the lapse off [DOM-8]', () => {
    const life = new Life();
    life.goOn('missing', hour);
    life.goOn('fault', 13.9 * day);
    life.goOn('missing', day);
    expect(life.life.verifiedAt).toEqual(start);
    const told = life.life.missing && lapsesAt(life.life.missing);
    life.goOn('missing', (told?.getTime() ?? 0) - life.now - 2 * hour);
    expect(life.life.verifiedAt).toEqual(start);
    life.goOn('missing', 14 * hour);
    expect(life.events).toEqual(['missed', 'reminded', 'lapsed']);
  });

  it('is first looked at at any time of the day behind its verification [DOM-8]', () => {
    const hours = [0, 0.25, 0.5, 1].map(
      (spread) => (firstCheckAt(start, spread).getTime() - start.getTime()) / hour,
    );
    expect(hours).toEqual([1, 6.75, 12.5, 24]);
  });
});

const pauses = fc.integer({ min: 0, max: 60 * 60 }).map((minutes) => minutes / 60);
/** A clock that is set, forwards or backwards, by up to ten years. */
const jumps = fc.integer({ min: -10 * 365 * 24, max: 10 * 365 * 24 });
const seen = fc.constantFrom<Seen>('found', 'missing', 'fault');
/** Histories in which domains do lapse. */
const mostlyMissing = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Seen>('missing') },
  { weight: 8, arbitrary: fc.constant<Seen>('fault') },
  { weight: 1, arbitrary: fc.constant<Seen>('found') },
);
const history = fc.array(fc.tuple(mostlyMissing, pauses), { minLength: 60, maxLength: 150 });

describe('whatever happens to a domain', () => {
  it('no sequence of faults lapses it, or warns, wherever it begins [DOM-8]', () => {
    const before = fc.array(fc.tuple(seen, pauses), { maxLength: 10 });
    const faults = fc.array(fc.oneof(pauses, jumps), { maxLength: 60 });
    fc.assert(
      fc.property(before, faults, (history, times) => {
        const life = new Life();
        for (const [each, after] of history) life.look(each, after);
        const { nextCheckAt: _, ...same } = life.life;
        const told = [...life.events];
        for (const after of times) life.look('fault', after);
        const { nextCheckAt: __, ...now } = life.life;
        expect(now).toEqual(same);
        expect(life.events).toEqual(told);
      }),
    );
  });

  it('it lapses only 14 days behind a warning that nothing was found since, by 14 days of misses [DOM-8]', () => {
    let lapses = 0;
    fc.assert(
      fc.property(history, (looks) => {
        const life = new Life();
        let [warnedAt, missed] = [0, new Set<number>()];
        for (const [each, after] of looks) {
          const { event } = life.look(each, after);
          if (event === 'missed') [warnedAt, missed] = [life.now, new Set()];
          if (each === 'found') missed = new Set();
          if (each === 'missing') missed.add(Math.floor((life.now - warnedAt) / (23 * hour)));
          if (event !== 'lapsed') continue;
          lapses += 1;
          expect(each).toBe('missing');
          expect(life.now - warnedAt).toBeGreaterThanOrEqual(14 * day);
          expect(missed.size).toBeGreaterThanOrEqual(14);
        }
      }),
      { numRuns: 300 },
    );
    expect(lapses).toBeGreaterThan(50);
  });

  it('a clock that jumps once and comes back lapses nothing that is missed for less than 13 days [DOM-8]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), jumps, (days, jump) => {
        const life = new Life();
        life.goOn('missing', days * day);
        life.look('missing', jump);
        life.look('missing', -jump);
        life.look('missing', 1);
        expect(life.life.verifiedAt).toEqual(start);
      }),
    );
  });

  it('tells each thing once, in its order, until the proof is back [DOM-8]', () => {
    fc.assert(
      fc.property(history, (looks) => {
        const life = new Life();
        for (const [each, after] of looks) life.look(each, after);
        const told = life.events.map((event) => `${event} `).join('');
        const untilBack = 'missed (reminded )?(lapsed )?';
        expect(told).toMatch(new RegExp(`^(${untilBack}recovered )*(${untilBack})?$`));
      }),
    );
  });

  it('the next look is always ahead, within a day and a half [DOM-8]', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(seen, fc.oneof(pauses, jumps)), { maxLength: 40 }), (looks) => {
        const life = new Life();
        for (const [each, after] of looks) {
          const ahead = (life.look(each, after).life.nextCheckAt.getTime() - life.now) / hour;
          expect(ahead).toBeGreaterThan(0);
          expect(ahead).toBeLessThanOrEqual(36);
        }
      }),
    );
  });
});
