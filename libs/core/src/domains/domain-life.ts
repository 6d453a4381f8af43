import type { Domain, MissingProof } from './domain';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a proof is missed before the domain lapses: as many days of misses, and that much time (DOM-8). */
export const daysUntilLapse = 14;
const remindedDaysBefore = 3;
/** A single look may have hit a change under way at the DNS provider. */
const confirmedAfterMs = 30 * minute;
// Looks are an hour apart, so a day of misses is counted by the first look behind this.
const countedDayMs = 23 * hour;
const longestFaultPauseMs = 6 * hour;
const soonAfterLapseMs = 7 * day;

/** What a look came to. `fault`: nobody could be asked, so it says nothing of the domain. */
export type Seen = 'found' | 'missing' | 'fault';

/** Exactly what a look can change about a domain. */
export type DomainLife = Pick<Domain, 'verifiedAt' | 'missing' | 'lapsedAt' | 'nextCheckAt'>;

/** What the owners are told. */
export type LifeEvent = 'missed' | 'reminded' | 'lapsed' | 'recovered';

export interface NextDomainState {
  readonly life: DomainLife & { readonly nextCheckAt: Date };
  readonly event?: LifeEvent;
}

/** What else the next look depends on. */
export interface LookAt {
  readonly now: Date;
  /** Looks in a row that got no answer, this one included. */
  readonly faults: number;
  /** From 0 to 1, by chance: keeps domains that were checked together from staying together. */
  readonly spread: number;
}

/**
 * The life of a proven domain, as a rule: a fault changes nothing but the time of the next look; misses lapse it after 14
 * days on each of which nothing was found; a find undoes it all.
 */
export function nextDomainState(before: DomainLife, seen: Seen, at: LookAt): NextDomainState {
  if (seen === 'fault') return { life: { ...before, nextCheckAt: afterFault(before, at) } };
  return seen === 'found' ? found(before, at) : missing(before, at);
}

function found({ verifiedAt, missing, lapsedAt }: DomainLife, at: LookAt): NextDomainState {
  const life = { verifiedAt: verifiedAt ?? at.now, nextCheckAt: soonish(at, day, hour) };
  return lapsedAt || missing?.warnedAt ? { life, event: 'recovered' } : { life };
}

function missing(before: DomainLife, at: LookAt): NextDomainState {
  const { lapsedAt, missing: known } = before;
  if (lapsedAt) return { life: { ...before, nextCheckAt: afterLapse(lapsedAt, at) } };
  const nextCheckAt = soonish(at, hour, 10 * minute);
  if (!known) {
    const first = { since: at.now, days: 0, countedAt: at.now };
    return { life: { ...before, missing: first, nextCheckAt } };
  }
  return stillMissing({ ...before, nextCheckAt }, known, at.now);
}

function stillMissing(
  before: DomainLife & { readonly nextCheckAt: Date },
  known: MissingProof,
  now: Date,
): NextDomainState {
  if (!known.warnedAt) return warn(before, known, now);
  const counted = countDay(known, now);
  if (isOver(counted, known.warnedAt, now, 0)) return lapse(before, now);
  if (known.remindedAt || !isOver(counted, known.warnedAt, now, remindedDaysBefore))
    return { life: { ...before, missing: counted } };
  return { life: { ...before, missing: { ...counted, remindedAt: now } }, event: 'reminded' };
}

function warn(
  before: DomainLife & { readonly nextCheckAt: Date },
  known: MissingProof,
  now: Date,
): NextDomainState {
  if (since(known.since, now) < confirmedAfterMs) return { life: { ...before, missing: known } };
  return { life: { ...before, missing: { ...known, warnedAt: now, countedAt: now } }, event: 'missed' };
}

// A clock that jumped counts one day at most, and one that was set back counts from there again.
function countDay(known: MissingProof, now: Date): MissingProof {
  const passed = since(known.countedAt, now);
  if (passed < 0) return { ...known, countedAt: now };
  return passed < countedDayMs ? known : { ...known, days: known.days + 1, countedAt: now };
}

function isOver({ days }: MissingProof, warnedAt: Date, now: Date, daysBefore: number): boolean {
  const wanted = daysUntilLapse - daysBefore;
  return days >= wanted && since(warnedAt, now) >= wanted * day;
}

function lapse({ nextCheckAt }: { readonly nextCheckAt: Date }, now: Date): NextDomainState {
  return { life: { lapsedAt: now, nextCheckAt }, event: 'lapsed' };
}

/** The earliest moment at which a proof that goes on to be missing lapses the domain; undefined before the warning. */
export function lapsesAt({ warnedAt, days, countedAt }: MissingProof): Date | undefined {
  if (!warnedAt) return undefined;
  const byCount = countedAt.getTime() + Math.max(0, daysUntilLapse - days) * countedDayMs;
  return new Date(Math.max(warnedAt.getTime() + daysUntilLapse * day, byCount));
}

/** When a domain that was just verified is looked at first: any time of the day, so that all are spread over it. */
export function firstCheckAt(now: Date, spread: number): Date {
  return new Date(now.getTime() + hour + Math.round(spread * (day - hour)));
}

function afterFault({ missing }: DomainLife, { now, faults, spread }: LookAt): Date {
  const longest = missing ? hour : longestFaultPauseMs;
  const pause = Math.min(longest, 15 * minute * 2 ** Math.min(10, Math.max(0, faults - 1)));
  return new Date(now.getTime() + Math.round(pause * (0.75 + spread / 2)));
}

/** For a week it may come back any hour; a domain that was given up is looked at once a day. */
function afterLapse(lapsedAt: Date, at: LookAt): Date {
  return since(lapsedAt, at.now) < soonAfterLapseMs ? soonish(at, hour, 10 * minute) : soonish(at, day, hour);
}

/** About that long from now: within half of `width` before and after. */
function soonish({ now, spread }: LookAt, pause: number, width: number): Date {
  return new Date(now.getTime() + pause + Math.round((spread - 0.5) * width));
}

function since(earlier: Date, now: Date): number {
  return now.getTime() - earlier.getTime();
}
