import type { Chance } from '../shared/chance';
import type { TaskKind } from './task';
import type { ClaimTerms, OpenedTask } from './task-store';

/** How a kind of task is handed out, and when nobody tries it any more. */
export interface TaskRules extends ClaimTerms {
  /** For how long it is tried. */
  readonly patienceMs: number;
}

/**
 * For how long the queue has what no worker has begun. Redis may come back without it, and all places of its kind are taken
 * until then; where the queue is only slow, the attempt that comes too late finds that there is a newer one.
 */
const longestHandedMs = 2 * 60_000;

/** The rules of each kind. */
export type RulesOfTasks = { readonly [K in TaskKind]: TaskRules };

const minute = 60_000;
const day = 24 * 60 * minute;

/** A lease is longer than any attempt takes: what a worker asks of the network ends by itself before. */
export const taskRules: RulesOfTasks = {
  'send-mail': { leaseMs: 10 * minute, most: 100, mostOfEach: 30, patienceMs: 3 * day },
  'ask-members-to-link': { leaseMs: 15 * minute, most: 4, mostOfEach: 1, patienceMs: day },
  'refresh-metadata': { leaseMs: 5 * minute, most: 50, mostOfEach: 10, patienceMs: day },
  'settle-people': { leaseMs: 15 * minute, most: 4, mostOfEach: 1, patienceMs: day },
};

/** On what terms tasks of a kind are handed out; a worker that begins one has it for the whole lease. */
export function termsOf({ leaseMs, most, mostOfEach }: TaskRules): ClaimTerms {
  return { leaseMs: Math.min(leaseMs, longestHandedMs), most, mostOfEach };
}

const firstPauseMs = 30_000;
const longestPauseMs = 60 * minute;
const mostLost = 10;

/** A pause that doubles, less up to a quarter by chance: what failed together is not tried again together. */
export function pauseAfter(tries: number, chance: Chance): number {
  const full = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
  return Math.round(full * (1 - drawn(chance) / 4));
}

/** Why nothing would come of running it: whoever had it in hand died of it. */
export function whyNotRun({ lost }: Pick<OpenedTask, 'lost'>): string | undefined {
  return lost < mostLost ? undefined : `${lost} workers in a row had it in hand and did not come back.`;
}

function drawn(chance: Chance): number {
  const [high = 0, low = 0] = chance.bytes(2);
  return (high * 256 + low) / 65_536;
}
