import type { Page } from '../audit/audit-log';
import type { Authority } from '../members/authority';
import type { Clock } from '../shared/clock';
import type { DirectoryId, RemovalHoldId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { ProvisionedPerson } from './provisioned-person';
import type { HoldDecision, HoldOutcome, RemovalHoldStore, WaitingHold } from './removal-hold-store';

/** Removals that a directory asked for and that wait for an owner (SCM-8). */
export class RemovalHolds {
  constructor(
    private readonly store: RemovalHoldStore,
    private readonly clock: Clock,
  ) {}

  list(tenantId: TenantId, directory: DirectoryId, page: Page): Promise<readonly WaitingHold[]> {
    return this.store.list(tenantId, directory, page);
  }

  /** Throws `not_found`. */
  async get(tenantId: TenantId, id: RemovalHoldId): Promise<WaitingHold> {
    const hold = await this.store.find(tenantId, id);
    if (hold) return hold;
    throw absent(id);
  }

  people(tenantId: TenantId, id: RemovalHoldId, page: Page): Promise<readonly ProvisionedPerson[]> {
    return this.store.people(tenantId, id, page);
  }

  /**
   * What the directory asked for is carried out within seconds. With `seen`, of so many people only: others may have come to
   * wait since somebody looked. Throws `last_owner`, `conflict` and `not_found`.
   */
  approve(tenantId: TenantId, id: RemovalHoldId, by: Authority, seen?: number): Promise<WaitingHold> {
    return this.decide(tenantId, id, { decision: 'approved', seen }, by);
  }

  /** The people stay members until the directory says something new of them. Throws `conflict` and `not_found`. */
  refuse(tenantId: TenantId, id: RemovalHoldId, by: Authority): Promise<WaitingHold> {
    return this.decide(tenantId, id, { decision: 'refused' }, by);
  }

  private async decide(
    tenantId: TenantId,
    id: RemovalHoldId,
    decided: HoldDecision,
    by: Authority,
  ): Promise<WaitingHold> {
    requireOwner(by);
    const hold = await this.get(tenantId, id);
    const type = `directory.removals_${decided.decision}` as const;
    const data = { holdId: id, reason: hold.reason, people: hold.people };
    const because = {
      type,
      tenantId,
      at: this.clock.now(),
      actor: by.actor,
      subject: hold.directoryId,
      data,
    };
    const outcome = await this.store.decide(tenantId, id, decided, because);
    if (outcome === 'decided') return this.get(tenantId, id);
    throw refusal(outcome, id);
  }
}

function requireOwner({ role }: Authority): void {
  if (role === 'owner' || role === 'operator') return;
  const message = 'Only an owner decides on removals that are held. Ask one.';
  throw new SsoError('role_not_grantable', message, { want: 'an owner', got: role });
}

function refusal(outcome: Exclude<HoldOutcome, 'decided'>, id: RemovalHoldId): SsoError {
  if (outcome === 'absent') return absent(id);
  if (outcome === 'decided-before')
    return new SsoError('conflict', 'This was decided on before. Look again.', { got: id });
  if (outcome === 'others') {
    const message = 'Not as many people wait any more as you looked at. Look again, then decide.';
    return new SsoError('conflict', message, { got: id });
  }
  const message = 'One of these people is the last owner: make someone else an owner first, then approve.';
  return new SsoError('last_owner', message, { got: id });
}

function absent(id: RemovalHoldId): SsoError {
  return new SsoError('not_found', 'This tenant holds back no such removals.', { got: id });
}
