import type { Actor, Happening } from '../audit/happening';
import { RefusedSessions } from '../enforcement/refused-sessions';
import type { Clock } from '../shared/clock';
import type { MemberId, SessionId, TenantId } from '../shared/ids';
import type { LookedAt, RefusedSessionStore, RunningSession } from './refused-session-store';
import { sessionStands } from './session-stands';

const batch = 500;

/**
 * Ends running sessions that would be refused now (ENF-9). Nothing is let in without it, since each use of a session asks
 * the policy again: it is how the applications learn that somebody is out.
 */
export class EndRefusedSessions extends RefusedSessions {
  constructor(
    private readonly store: RefusedSessionStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  endIn(tenantId: TenantId, actor: Actor, memberId?: MemberId): Promise<number> {
    return this.end(tenantId, actor, memberId === undefined ? 'all' : { memberId });
  }

  /** In all tenants, for what comes about by itself: an exemption that ran out. */
  async endEverywhere(): Promise<number> {
    let ended = 0;
    let after: TenantId | undefined;
    do {
      const tenants = await this.store.tenantsAnywhere(after, batch, this.clock.now());
      for (const tenant of tenants) ended += await this.end(tenant, { kind: 'system' }, 'local');
      after = tenants.length === batch ? tenants.at(-1) : undefined;
    } while (after !== undefined);
    return ended;
  }

  private async end(tenantId: TenantId, actor: Actor, of: LookedAt): Promise<number> {
    const now = this.clock.now();
    let ended = 0;
    let after: SessionId | undefined;
    do {
      const page = { of, after, most: batch };
      const outcome = await this.store.endBatch(
        tenantId,
        page,
        now,
        (running) => sessionStands(running, now),
        (running) => because(running, actor, now),
      );
      ended += outcome.ended;
      after = outcome.next;
    } while (after !== undefined);
    return ended;
  }
}

function because({ session, member }: RunningSession, actor: Actor, at: Date): Happening {
  const { id: subject, tenantId, via } = session;
  const data = { reason: 'policy', via, memberId: member.id };
  return { type: 'session.ended', tenantId, at, actor, subject, data };
}
