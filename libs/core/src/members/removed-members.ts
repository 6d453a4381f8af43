import type { Page } from '../audit/audit-log';
import type { Clock } from '../shared/clock';
import type { MemberId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { requireGrant, type Authority } from './authority';
import type { RemovedMember } from './removed-member';
import type { RemovedMemberStore } from './removed-member-store';

/** Whom a tenant removed, and who is not let in by itself for that (TEN-11). */
export class RemovedMembers {
  constructor(
    private readonly store: RemovedMemberStore,
    private readonly clock: Clock,
  ) {}

  list(tenantId: TenantId, page: Page): Promise<RemovedMember[]> {
    return this.store.list(tenantId, page);
  }

  /** Nobody becomes a member by it: what lets strangers in, lets this person in again as well. */
  async readmit(tenantId: TenantId, id: MemberId, by: Authority): Promise<void> {
    requireGrant(by, 'member');
    const removed = await this.store.find(tenantId, id);
    const at = this.clock.now();
    const because = { type: 'member.readmitted', tenantId, at, actor: by.actor, subject: id } as const;
    const data = { email: removed?.email };
    if (removed && (await this.store.readmit(tenantId, id, { ...because, data })) === 'readmitted') return;
    throw new SsoError('not_found', 'Nobody who was a member under this ID is kept out.', { got: id });
  }
}
