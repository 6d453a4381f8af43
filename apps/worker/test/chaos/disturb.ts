import { setTimeout as pause } from 'node:timers/promises';
import { publishProof, proofName, type World } from './world';
import type { ChosenChance } from './chosen-chance';
import type { Place } from './place';

export const disturbances = [
  'worker killed',
  'worker killed',
  'worker stalled',
  'database restarted',
  'server killed',
  'queue store emptied',
] as const;

export type Disturbance = (typeof disturbances)[number];

/** Does what goes wrong in a data centre, in an order of chance; each of them at least once. */
export class Disturber {
  readonly done = new Map<Disturbance, number>();
  #waiting: Disturbance[] = [];

  constructor(
    private readonly place: Place,
    private readonly chance: ChosenChance,
    private readonly tell: (what: Disturbance) => void,
  ) {}

  /** Until nothing is to be disturbed any more: everything went wrong once, and the work is done. */
  async run(isDone: () => boolean, restMs: readonly [number, number]): Promise<void> {
    while (!isDone() || !this.#wasEverything()) {
      await pause(this.chance.between(...restMs));
      await this.#someWork(isDone);
      await this.#disturb(this.#next());
    }
  }

  /** A fleet that never comes up again, because its machine is slower than the killing, shows nothing. */
  async #someWork(isDone: () => boolean): Promise<void> {
    const { workers, servers } = this.place;
    const areReady = () =>
      workers.filter(({ isReady }) => isReady).length > 1 && servers.some(({ isReady }) => isReady);
    while (!areReady() && !isDone()) await pause(50);
  }

  #wasEverything(): boolean {
    return this.#possible().every((each) => this.done.has(each));
  }

  #possible(): Disturbance[] {
    return disturbances.filter((each) => each !== 'queue store emptied' || this.place.redis !== undefined);
  }

  #next(): Disturbance {
    if (this.#waiting.length === 0)
      this.#waiting = this.#possible()
        .map((each) => ({ each, order: this.chance.draw() }))
        .toSorted((one, other) => one.order - other.order)
        .map(({ each }) => each);
    return this.#waiting.pop() ?? 'worker killed';
  }

  async #disturb(what: Disturbance): Promise<void> {
    const { workers, servers, postgres, redis } = this.place;
    const by: { readonly [D in Disturbance]: () => unknown } = {
      'worker killed': () => this.chance.oneOf(workers).kill(),
      'worker stalled': () => this.chance.oneOf(workers).stall(),
      'server killed': () => this.chance.oneOf(servers).kill(),
      'database restarted': () => postgres.restart(),
      'queue store emptied': () => redis?.restart(),
    };
    this.tell(what);
    await by[what]();
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}

/** Resolvers as they are: some domains answer, some are refused, some get no answer, and it changes. */
export function disturbResolvers({ dns }: Place, { faultyDomains }: World, chance: ChosenChance): void {
  for (const domain of faultyDomains) {
    const fate = chance.draw();
    if (fate < 0.4) dns.servfail(proofName(domain));
    else if (fate < 0.5) dns.silent(proofName(domain));
    else publishProof(dns, domain);
  }
}
