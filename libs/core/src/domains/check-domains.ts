import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { AnswersOfLate } from './answers-of-late';
import type { CheckedDomain, ClaimedDomain, DomainCheckStore } from './domain-check-store';
import type { LifeEvent } from './domain-life';
import type { DomainProofs } from './domain-proof';
import { concludeFrom, lookAt, seenIn, type Look } from './look-at-domain';
import { releasedBecause, toldOf } from './tell-of-domain';

/** How much is done at once. */
export interface CheckingPace {
  readonly batch: number;
  readonly looksAtOnce: number;
  readonly writesAtOnce: number;
  /** Behind it no further batch is begun: the next run goes on. */
  readonly longestRunMs: number;
}

const usualPace: CheckingPace = { batch: 250, looksAtOnce: 50, writesAtOnce: 4, longestRunMs: 45_000 };

/** A worker that died holding a batch gives it back by then; the slowest batch takes a tenth of it. */
const leaseMs = 15 * 60_000;

export interface CheckPorts {
  readonly store: DomainCheckStore;
  readonly proofs: DomainProofs;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Is told what nobody expected. */
  readonly report: (error: unknown) => void;
}

/** What a run came to, for the log. */
export interface CheckTally {
  readonly looked: number;
  readonly faults: number;
  readonly missing: number;
  /** Misses that were not believed, because there were too many of them at once. */
  readonly doubted: number;
}

const nothing: CheckTally = { looked: 0, faults: 0, missing: 0, doubted: 0 };

/** Looks for the proof of every domain once a day, and draws the conclusions (DOM-8). */
export class CheckDomains {
  private readonly answers = new AnswersOfLate();

  constructor(
    private readonly ports: CheckPorts,
    private readonly pace: CheckingPace = usualPace,
  ) {}

  /** Those that are due; stops where the resolver is of no use just now. */
  async run(): Promise<CheckTally> {
    const end = this.ports.clock.now().getTime() + this.pace.longestRunMs;
    let sum = nothing;
    for (let more = true; more;) {
      const tally = await this.checkBatch();
      sum = add(sum, tally);
      const isUseless = (tally.faults + tally.doubted) * 2 > tally.looked;
      more = tally.looked === this.pace.batch && !isUseless && this.ports.clock.now().getTime() < end;
    }
    return sum;
  }

  private async checkBatch(): Promise<CheckTally> {
    const { store, proofs, clock, report } = this.ports;
    const now = clock.now();
    const claimed = await store.claimAnywhere(this.pace.batch, now, new Date(now.getTime() + leaseMs));
    const lost = claimed.filter(({ heldElsewhere }) => heldElsewhere);
    await inTurns(lost, this.pace.writesAtOnce, (each) => this.release(each));
    const own = claimed.filter(({ heldElsewhere }) => !heldElsewhere);
    const looks = await inTurns(own, this.pace.looksAtOnce, (each) => lookAt(each, proofs, report));
    this.answers.note(looks);
    const doubtful = this.answers.areDoubtful();
    await this.keep(looks, doubtful);
    return { ...tallyOf(looks, doubtful), looked: claimed.length };
  }

  private async keep(looks: readonly Look[], doubtful: boolean): Promise<void> {
    const { store, clock, chance } = this.ports;
    const now = clock.now();
    const concluded = looks.map((look) => concludeFrom(look, doubtful, now, chance));
    const isQuiet = ({ event, checked }: (typeof concluded)[number]) => !event && !checked.renewed;
    await store.keepAnywhere(concluded.filter(isQuiet).map(({ checked }) => checked));
    const told = concluded.filter((each) => !isQuiet(each));
    await inTurns(told, this.pace.writesAtOnce, ({ checked, event }) => this.settle(checked, event, now));
  }

  private async settle(checked: CheckedDomain, event: LifeEvent | undefined, now: Date): Promise<void> {
    const { claimed } = checked;
    const { tenantId } = claimed.domain;
    const outcome = await this.ports.store.settle(tenantId, checked, toldOf(checked, event, now));
    // Somebody else has proved the name in this very moment.
    if (outcome === 'claimed') await this.release(claimed);
  }

  private release(claimed: ClaimedDomain): Promise<void> {
    const because = releasedBecause(claimed.domain, this.ports.clock.now());
    return this.ports.store.release(claimed.domain.tenantId, claimed, because);
  }
}

function tallyOf(looks: readonly Look[], doubtful: boolean): CheckTally {
  const faults = looks.filter((look) => seenIn(look) === 'fault').length;
  const missing = looks.filter((look) => seenIn(look) === 'missing').length;
  const counted = doubtful ? { missing: 0, doubted: missing } : { missing, doubted: 0 };
  return { looked: looks.length, faults, ...counted };
}

function add(one: CheckTally, other: CheckTally): CheckTally {
  return {
    looked: one.looked + other.looked,
    faults: one.faults + other.faults,
    missing: one.missing + other.missing,
    doubted: one.doubted + other.doubted,
  };
}

/** Does it for all of them, `most` at a time; the answers come in the order of the items. */
async function inTurns<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const answers = new Map<number, R>();
  const waiting = items.entries();
  const turn = async () => {
    for (const [index, item] of waiting) answers.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, turn));
  return [...answers].sort(([one], [other]) => one - other).map(([, answer]) => answer);
}
