import { afterFailure, afterReading, metadataStateOf, type MetadataState } from './metadata-state';

const start = new Date('2026-11-21T12:00:00.000Z');
const hour = 60 * 60 * 1000;
const url = 'https://idp.example/metadata';
const blank: MetadataState = { failures: 0, dueAt: start };
const away = { code: 'metadata_unreachable', reason: 'Nobody answers.', key: '' } as const;
const empty = { code: 'metadata_empty', reason: 'It is empty.', key: '' } as const;

const attempt = (now: Date, spread = 0) => ({ url, now, spread });

describe('metadata that cannot be loaded', () => {
  it('is looked for within the hour, then ever more seldom, at least daily; owners hear after three days, once [CRT-4]', () => {
    let state = blank;
    const told: number[] = [];
    const pauses: number[] = [];
    for (let now = start; now.getTime() - start.getTime() < 10 * 24 * hour; now = state.dueAt) {
      const judged = afterFailure(state, away, attempt(now));
      state = judged.state;
      pauses.push((state.dueAt.getTime() - now.getTime()) / hour);
      if (judged.warns) told.push((now.getTime() - start.getTime()) / hour);
    }
    expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 24, 24]);
    expect(told).toEqual([79]);
    expect(state).toMatchObject({ failingSince: start, outcome: 'failed' });
  });

  it('is forgotten once it is back, so that the next outage is told again [CRT-4]', () => {
    const long = { ...blank, failures: 9, failingSince: new Date(start.getTime() - 80 * hour) };
    const told = afterFailure(long, away, attempt(start));
    expect(told.warns).toBe(true);
    const back = afterReading(told.state, 'unchanged', undefined, attempt(start)).state;
    expect(back).toEqual({
      ...{ url, triedAt: start, refreshedAt: start, outcome: 'unchanged', failures: 0 },
      dueAt: new Date(start.getTime() + 24 * hour),
    });
    const again = { ...back, failures: 9, failingSince: new Date(start.getTime() - 80 * hour) };
    expect(afterFailure(again, away, attempt(start)).warns).toBe(true);
  });

  it('does not make what was told before news again [CRT-4]', () => {
    const told = afterReading(blank, 'refused', empty, attempt(start));
    const failed = afterFailure(told.state, away, attempt(start));
    expect(told.warns).toBe(true);
    expect(failed.warns).toBe(false);
    expect(afterReading(failed.state, 'refused', empty, attempt(start)).warns).toBe(false);
  });

  it('keeps since when it was last known [CRT-4] [CRT-5]', () => {
    const read = afterReading(blank, 'added', undefined, attempt(start)).state;
    expect(afterFailure(read, away, attempt(new Date(start.getTime() + hour))).state.refreshedAt).toEqual(
      start,
    );
  });
});

describe('the next look', () => {
  it('comes after a day or up to two hours sooner, which spreads connections over the day [CRT-4]', () => {
    const due = (spread: number) =>
      afterReading(blank, 'unchanged', undefined, attempt(start, spread)).state.dueAt;
    expect([0, 0.5, 1].map((spread) => (due(spread).getTime() - start.getTime()) / hour)).toEqual([
      24, 23, 22,
    ]);
  });

  it('begins anew for another address [CRT-4]', () => {
    const known = afterFailure(blank, away, attempt(start)).state;
    expect(metadataStateOf(known, url)).toBe(known);
    expect(metadataStateOf(known, 'https://other.example')).toEqual({ failures: 0, dueAt: known.dueAt });
  });
});
