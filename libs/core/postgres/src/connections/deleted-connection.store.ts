import {
  DeletedConnectionStore,
  memberId,
  sessionId,
  type Chance,
  type Connection,
  type ConnectionId,
  type DependentMember,
  type Happening,
  type RemoveOutcome,
  type SessionId,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { announceEnded } from '../sessions/announce-ended';
import { inTenant, type TenantTransaction } from '../transaction';
import { readConnection } from './connection.row';
import { electPrimary, lockConnections } from './elect-primary';
import { switchSsoOff } from './switch-sso';
import { updateConnection } from './write-connection';

export class PostgresDeletedConnectionStore extends DeletedConnectionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  remove(
    tenantId: TenantId,
    connection: Connection,
    confirmed: number,
    because: Happening,
  ): Promise<RemoveOutcome> {
    return inTenant<RemoveOutcome>(
      this.database,
      tenantId,
      async (transaction) => {
        await lockConnections(transaction);
        const dependents = await findDependents(transaction, connection.id);
        if (dependents.members !== confirmed) return { kind: 'in-use', ...dependents };
        const wasOn = await isOn(transaction, connection.id);
        if (!(await updateConnection(transaction, connection))) return { kind: 'stale' };
        if (wasOn) await switchSsoOff(transaction, connection.id, because, this.chance);
        const ended = await endSessions(transaction, connection.id, because.at);
        const primary = await electPrimary(transaction);
        const sessionsEnded = ended.length;
        const data = { members: confirmed, sessionsEnded, primary };
        await transaction.note({ ...because, data }, this.chance);
        await announceEnded(transaction, ended, because, { connectionId: connection.id }, this.chance);
        return { kind: 'removed', sessionsEnded, ...(primary && { primary }) };
      },
      (outcome) => outcome.kind === 'removed',
    );
  }

  async find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined> {
    return (await this.#select(tenantId, 'AND id = $2', [id]))[0];
  }

  list(tenantId: TenantId): Promise<Connection[]> {
    return this.#select(tenantId, 'ORDER BY deleted_at DESC, id', []);
  }

  restore(tenantId: TenantId, connection: Connection, because: Happening): Promise<'restored' | 'stale'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await updateConnection(transaction, connection))) return 'stale';
      await transaction.note(because, this.chance);
      return 'restored';
    });
  }

  #select(tenantId: TenantId, rest: string, values: unknown[]): Promise<Connection[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = `SELECT * FROM connections WHERE tenant_id = $1 AND deleted_at IS NOT NULL ${rest}`;
      return (await transaction.rows(sql, [tenantId, ...values])).map(readConnection);
    });
  }
}

/** Locks the connection against new links (their foreign key waits for it), so that the number holds until the end. */
async function findDependents(
  transaction: TenantTransaction,
  id: ConnectionId,
): Promise<{ members: number; first: DependentMember[] }> {
  const { tenantId } = transaction;
  await transaction.rows('SELECT id FROM connections WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    tenantId,
    id,
  ]);
  const rows = await transaction.rows(
    `SELECT m.id, u.email, (count(*) OVER ())::integer AS members
     FROM members m JOIN users u ON u.id = m.user_id
     WHERE m.tenant_id = $1
       AND EXISTS (SELECT FROM links l WHERE l.tenant_id = $1 AND l.connection_id = $2 AND l.user_id = m.user_id)
       AND NOT EXISTS (
         SELECT FROM links l JOIN connections c ON c.id = l.connection_id AND c.tenant_id = $1
         WHERE l.tenant_id = $1 AND l.user_id = m.user_id AND c.id <> $2
           AND c.enabled_at IS NOT NULL AND c.deleted_at IS NULL)
     ORDER BY u.email LIMIT 20`,
    [tenantId, id],
  );
  const first = rows.map((row) => ({ memberId: row.id('id', memberId), email: row.text('email') }));
  return { members: rows[0]?.integer('members') ?? 0, first };
}

async function isOn(transaction: TenantTransaction, id: ConnectionId): Promise<boolean> {
  const row = await transaction.row(
    'SELECT id FROM connections WHERE tenant_id = $1 AND id = $2 AND enabled_at IS NOT NULL',
    [transaction.tenantId, id],
  );
  return row !== undefined;
}

async function endSessions(
  transaction: TenantTransaction,
  id: ConnectionId,
  now: Date,
): Promise<SessionId[]> {
  const ended = await transaction.rows(
    `UPDATE sessions SET ended_at = $3
     WHERE tenant_id = $1 AND connection_id = $2 AND ended_at IS NULL AND expires_at > $3 RETURNING id`,
    [transaction.tenantId, id, now],
  );
  return ended.map((row) => row.id('id', sessionId));
}
