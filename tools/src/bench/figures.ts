/** The value below which this share of all values lies (nearest rank); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Smallest, middle and largest of the rounds. */
export function spread(values: readonly number[]): readonly [number, number, number] {
  return [Math.min(...values), percentile(values, 0.5), Math.max(...values)];
}

/** Three digits that say something: 0.42, 8.31, 63.2, 512. */
export function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}
