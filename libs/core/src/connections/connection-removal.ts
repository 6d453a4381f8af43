import type { Actor } from '../audit/happening';
import type { Clock } from '../shared/clock';
import type { ConnectionId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Connection } from './connection';
import type { ConnectionStore } from './connection-store';
import { changedMeanwhile, refuseStale, requireConnection } from './connections';
import type { DeletedConnectionStore, RemoveOutcome } from './deleted-connection-store';
import { connectionHappening } from './describe-connection';

/** How long a deleted connection can be brought back. */
export const keepDeletedMs = 30 * 24 * 60 * 60 * 1000;

export type Removed = Extract<RemoveOutcome, { kind: 'removed' }> & {
  /** Until when it can be brought back. */
  readonly restorableUntil: Date;
};

/** Deleting connections without accidents, and bringing them back (CON-15). */
export class ConnectionRemoval {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly deleted: DeletedConnectionStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `connection_in_use`, naming who would lose access, unless `confirmed` is their number. */
  async remove(
    tenantId: TenantId,
    id: ConnectionId,
    confirmed: number | undefined,
    actor: Actor,
  ): Promise<Removed> {
    const before = requireConnection(await this.connections.find(tenantId, id), id);
    const deletedAt = this.clock.now();
    const { enabledAt: _, ...off } = before;
    const after = { ...off, primary: false, deletedAt, revision: before.revision + 1 };
    const because = connectionHappening('connection.deleted', before, after, actor, deletedAt);
    const outcome = await this.deleted.remove(tenantId, after, confirmed ?? 0, because);
    if (outcome.kind === 'stale') throw changedMeanwhile();
    if (outcome.kind === 'in-use') throw inUse(outcome, confirmed);
    return { ...outcome, restorableUntil: new Date(deletedAt.getTime() + keepDeletedMs) };
  }

  /** Those that can still be brought back. */
  async list(tenantId: TenantId): Promise<Connection[]> {
    const deleted = await this.deleted.list(tenantId);
    return deleted.filter((connection) => this.isRestorable(connection));
  }

  /** Comes back switched off, with its links and its test. */
  async restore(tenantId: TenantId, id: ConnectionId, actor: Actor): Promise<Connection> {
    const found = await this.deleted.find(tenantId, id);
    const before = requireConnection(found && this.isRestorable(found) ? found : undefined, id);
    const { deletedAt: _, ...rest } = before;
    const after = { ...rest, revision: before.revision + 1 };
    const because = connectionHappening('connection.restored', before, after, actor, this.clock.now());
    refuseStale(await this.deleted.restore(tenantId, after, because));
    return after;
  }

  private isRestorable({ deletedAt }: Connection): boolean {
    return deletedAt !== undefined && deletedAt.getTime() + keepDeletedMs > this.clock.now().getTime();
  }
}

function inUse(
  { members, first }: Extract<RemoveOutcome, { kind: 'in-use' }>,
  confirmed: number | undefined,
): SsoError {
  const changed = confirmed !== undefined;
  const message = changed
    ? `The number of people who would lose access is ${members} now. Look at them again and confirm that number.`
    : `This connection is the only way in of ${members === 1 ? '1 member' : `${members} members`}. Confirm the number, or give them another way in first.`;
  return new SsoError('connection_in_use', message, {
    want: `confirm=${members}`,
    got: changed ? `confirm=${confirmed}` : 'no confirmation',
    members,
    emails: first.map(({ email }) => email),
  });
}
