import { digits, percentile, spread } from './figures';

describe('the figures of the bench', () => {
  it('take percentiles by nearest rank, in whatever order the values came', () => {
    const values = [40, 10, 30, 20];
    expect(percentile(values, 0.5)).toBe(20);
    expect(percentile(values, 0.95)).toBe(40);
    expect(percentile(values, 0)).toBe(10);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('show the smallest, the middle and the largest round', () => {
    expect(spread([70, 59, 66])).toEqual([59, 66, 70]);
  });

  it('print three digits that say something', () => {
    expect([0.416, 8.312, 63.24, 512.4].map(digits)).toEqual(['0.42', '8.31', '63.2', '512']);
  });
});
