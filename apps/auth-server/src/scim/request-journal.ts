import type { DirectoryRequestStore } from '@gatehouse/core';
import { type DirectoryRequest, type TenantId } from '@gatehouse/core';
import { Logger } from '@nestjs/common';
import { stackOf } from '../http/problem.filter';
import { BodyBudget } from './body-budget';

/** How long a request waits for others to be written with. */
const waitMs = 500;
const mostTogether = 200;
/** While the database is slow the log is what is done without, not the memory. */
const mostWaiting = 5000;

/** Writes what directories' clients asked in batches, behind the answers: nobody waits for the log. */
export class RequestJournal {
  private readonly logger = new Logger('scim');
  private waiting: DirectoryRequest[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  /** The batch that is not begun yet: whatever comes meanwhile goes with it. */
  private next: Promise<void> | undefined;
  private lost = 0;
  private readonly bodies = new BodyBudget();

  constructor(private readonly store: DirectoryRequestStore) {}

  note(request: DirectoryRequest): void {
    if (this.waiting.length >= mostWaiting) this.lost += 1;
    else this.waiting.push(this.bodies.apply(request));
    if (this.waiting.length >= mostTogether) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), waitMs).unref();
  }

  /** Writes everything that waits; one batch after the other. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.next ??= this.writing.then(() => {
      this.next = undefined;
      return this.write();
    });
    this.writing = this.next;
    return this.next;
  }

  private async write(): Promise<void> {
    const [batch, lost] = [this.waiting, this.lost];
    [this.waiting, this.lost] = [[], 0];
    if (lost > 0)
      this.logger.warn(`${lost} requests of directories are in no log: the database is too slow.`);
    for (const [tenant, requests] of byTenant(batch))
      await this.store.addAll(tenant, requests).catch((cause: unknown) => {
        this.logger.error(`${requests.length} requests of directories are in no log. ${stackOf(cause)}`);
      });
  }
}

function byTenant(requests: readonly DirectoryRequest[]): Map<TenantId, DirectoryRequest[]> {
  const found = new Map<TenantId, DirectoryRequest[]>();
  for (const request of requests) {
    const those = found.get(request.tenantId);
    if (those) those.push(request);
    else found.set(request.tenantId, [request]);
  }
  return found;
}
