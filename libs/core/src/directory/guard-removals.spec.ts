import { exceedsRemovals } from './guard-removals';

const nobody = { admitted: 0, ended: 0, held: 0, newcomers: 0 };

/** How many of so many go within the hour before one is held. */
function flowing(members: number, newcomers = 0): number {
  let ended = 0;
  while (!exceedsRemovals({ ...nobody, admitted: members - ended, ended, newcomers })) ended += 1;
  return ended;
}

describe('the guard against mass removal', () => {
  it.each([
    [0, 5],
    [5, 5],
    [50, 5],
    [59, 5],
    [60, 6],
    [100, 10],
    [109, 10],
    [10_000, 1_000],
  ])('of %i members lets %i go within an hour [SCM-8]', (members, most) => {
    expect(flowing(members)).toBe(most);
  });

  it('does not count those who came within the hour as members who might go [SCM-8]', () => {
    expect(flowing(10_100, 10_000)).toBe(10);
    expect(flowing(10_000, 10_000)).toBe(5);
  });

  it('counts who is held as one who was asked for [SCM-8]', () => {
    expect(exceedsRemovals({ ...nobody, admitted: 100, held: 9 })).toBe(false);
    expect(exceedsRemovals({ ...nobody, admitted: 100, held: 10 })).toBe(true);
    expect(exceedsRemovals({ ...nobody, admitted: 95, ended: 5, held: 5 })).toBe(true);
  });
});
