import { requireGrant, type Authority } from '../members/authority';
import type { MemberStore } from '../members/member-store';
import type { Clock } from '../shared/clock';
import type { ConnectionId, MemberId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { AccountLinks } from './account-links';

export interface Unlinked {
  readonly links: number;
  readonly sessionsEnded: number;
}

/** Takes the link between an account and its identity: the next one is of the person's own making (LNK-10). */
export class UnlinkMember {
  constructor(
    private readonly links: AccountLinks,
    private readonly members: MemberStore,
    private readonly clock: Clock,
  ) {}

  /** All links, or those through one connection. Throws `not_found` for no member of this tenant, `conflict` for one without a link. */
  async unlink(
    tenantId: TenantId,
    id: MemberId,
    connectionId: ConnectionId | undefined,
    by: Authority,
  ): Promise<Unlinked> {
    const person = await this.members.find(tenantId, id);
    if (!person) throw absent(id);
    requireGrant(by, person.member.role);
    const outcome = await this.links.unlink(tenantId, person.member, connectionId, {
      type: 'member.unlinked',
      tenantId,
      at: this.clock.now(),
      actor: by.actor,
      subject: id,
      ...(connectionId && { data: { connectionId } }),
    });
    if (outcome.kind === 'unlinked') return { links: outcome.links, sessionsEnded: outcome.sessionsEnded };
    if (outcome.kind === 'absent') throw absent(id);
    throw outcome.kind === 'meanwhile' ? changedMeanwhile(id) : notLinked(connectionId);
  }
}

function absent(id: MemberId): SsoError {
  return new SsoError('not_found', 'This tenant has no such member.', { got: id });
}

function changedMeanwhile(id: MemberId): SsoError {
  const message = 'Somebody changed this member meanwhile. Look again, then decide.';
  return new SsoError('conflict', message, { got: id });
}

function notLinked(connectionId: ConnectionId | undefined): SsoError {
  const message = connectionId
    ? 'This member has no link through this connection: there is nothing to remove.'
    : 'This member has no link: there is nothing to remove.';
  return new SsoError('conflict', message, { want: 'a member who is linked' });
}
