import type { Clock } from '../shared/clock';
import type { DirectoryPersonId, TenantId } from '../shared/ids';

/**
 * People who wait, and for whom what they wait for has come: a verified domain, a readmission, a membership that became free,
 * an owner's word on a removal that was held.
 */
export abstract class WaitingPeopleStore {
  /** Whether anybody waits at all, for whatever it is. */
  abstract any(tenantId: TenantId): Promise<boolean>;
  /** Those whose turn has come, in order of their IDs. */
  abstract due(tenantId: TenantId): Promise<readonly DirectoryPersonId[]>;
  /** Settles them together, each as if its directory had just said again what it said last. */
  abstract settle(tenantId: TenantId, people: readonly DirectoryPersonId[], now: Date): Promise<void>;
}

/** While they are settled, what their directory says of them waits. */
const together = 20;

/** Lets people in, or out, whose turn has come without a request of their directory. */
export class SettleWaiting {
  constructor(
    private readonly store: WaitingPeopleStore,
    private readonly clock: Clock,
  ) {}

  /** Each part is kept, so that another attempt goes on behind it; answers with how many were settled. */
  async run(tenantId: TenantId): Promise<number> {
    const people = await this.store.due(tenantId);
    for (let begin = 0; begin < people.length; begin += together)
      await this.store.settle(tenantId, people.slice(begin, begin + together), this.clock.now());
    return people.length;
  }
}
