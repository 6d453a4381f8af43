/** One directory of one contender, filled: people from 0 to `size`, and a group of the later ones. */
export interface BenchDirectory {
  readonly size: number;
  readonly domain: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly groupId: string;
  /** The ID of a person by number. */
  idOf(person: number): string;
}

export interface Contender {
  readonly name: string;
  readonly pid: number;
  /** Whether its answers are understood by attributes other than `userName`. */
  readonly filtersAnything: boolean;
  /** A new directory with that many people, in the same database as those before it. */
  fill(size: number): Promise<BenchDirectory>;
}

/** Those of the group: all but the first hundred, ten thousand at most. */
export function groupMembers(size: number): readonly number[] {
  const count = Math.min(size - 100, 10_000);
  return Array.from({ length: count }, (_, index) => index + 100);
}
