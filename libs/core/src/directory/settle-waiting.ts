import type { Clock } from '../shared/clock';
import type { DirectoryPersonId, TenantId } from '../shared/ids';

/** A step through the people of a tenant who wait for something other than a word of their directory. */
export interface SettledStep {
  readonly settled: number;
  /** The last one looked at; absent where there are no more. */
  readonly last?: DirectoryPersonId;
}

/**
 * People who wait, and for whom what they wait for has come: a verified domain, a readmission, a membership that became free,
 * an owner's word on a removal that was held.
 */
export abstract class WaitingPeopleStore {
  abstract any(tenantId: TenantId): Promise<boolean>;
  /** Settles some of them behind `after`, each as if its directory had just said again what it said last. */
  abstract settleNext(
    tenantId: TenantId,
    after: DirectoryPersonId | undefined,
    now: Date,
  ): Promise<SettledStep>;
}

/** Lets people in, or out, whose turn has come without a request of their directory. */
export class SettleWaiting {
  constructor(
    private readonly store: WaitingPeopleStore,
    private readonly clock: Clock,
  ) {}

  /** Each step is kept, so that who begins anew goes on behind it; answers with how many were settled. */
  async run(tenantId: TenantId): Promise<number> {
    let settled = 0;
    for (let after: DirectoryPersonId | undefined; ;) {
      const step = await this.store.settleNext(tenantId, after, this.clock.now());
      settled += step.settled;
      if (step.last === undefined) return settled;
      after = step.last;
    }
  }
}
