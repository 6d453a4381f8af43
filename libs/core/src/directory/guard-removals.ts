/** What a directory took away within the last hour, and of how many. */
export interface RemovalTally {
  /** Members now by its people, those included whose removal is held. */
  readonly admitted: number;
  /** Who lost access within the hour. */
  readonly ended: number;
  /** Who would have within the hour, and is held. */
  readonly held: number;
  /** Those of `admitted` who came within the hour: they were nobody whom it could remove before. */
  readonly newcomers: number;
}

/** So many an hour go without a question, however few there are. */
export const removalsAlwaysAllowed = 5;
const allowedShare = 0.1;

export const removalWindowMs = 60 * 60_000;

/** Whether one more removal is more than max(5, 10 %) of those who were members an hour ago (SCM-8). */
export function exceedsRemovals({ admitted, ended, held, newcomers }: RemovalTally): boolean {
  const anHourAgo = admitted + ended - newcomers;
  return ended + held + 1 > Math.max(removalsAlwaysAllowed, anHourAgo * allowedShare);
}
