import {
  connectionId,
  PolicyFacts,
  roles as allRoles,
  type Asking,
  type Census,
  type Connection,
  type Role,
  type SessionId,
  type Tenant,
} from '@gatehouse/core';
import { columnsOf } from '../column';
import { connectionEntity } from '../connections/connection.entity';
import { readConnection } from '../connections/connection.row';
import { countOnSso } from '../members/count-on-sso';
import type { TenantTransaction } from '../transaction';
import { breakGlassPeople, stillProven } from './proven';
import { census, readClass } from './standing.row';

/** As this transaction sees them. */
export class PostgresPolicyFacts extends PolicyFacts {
  constructor(
    private readonly transaction: TenantTransaction,
    readonly tenant: Tenant,
  ) {
    super();
  }

  async census(at: Date): Promise<Census> {
    const row = await this.transaction.row(census, [this.tenant.id, at]);
    if (!row) throw new Error('A census answers with one row.');
    return { at, fingerprint: row.text('fingerprint'), classes: row.objects('classes').map(readClass) };
  }

  countOnSso(): Promise<number> {
    return countOnSso(this.transaction);
  }

  async enabledConnections(): Promise<readonly Connection[]> {
    const rows = await this.transaction.rows(
      `SELECT ${columnsOf(connectionEntity)} FROM connections
       WHERE tenant_id = $1 AND enabled_at IS NOT NULL AND deleted_at IS NULL ORDER BY id`,
      [this.tenant.id],
    );
    return rows.map(readConnection);
  }

  async countProven(roles: readonly Role[]): Promise<number> {
    const sql = `SELECT count(*)::integer AS proven ${breakGlassPeople} AND ${stillProven}`;
    const row = await this.transaction.row(sql, [this.tenant.id, roles]);
    return row?.integer('proven') ?? 0;
  }

  async countApiTokens(at: Date): Promise<number> {
    const row = await this.transaction.row(
      `SELECT count(*)::integer AS tokens FROM api_tokens
       WHERE tenant_id = $1 AND revoked_at IS NULL AND expires_at > $2`,
      [this.tenant.id, at],
    );
    return row?.integer('tokens') ?? 0;
  }

  async asking(session: SessionId, at: Date): Promise<Asking | undefined> {
    const row = await this.transaction.row(
      `SELECT m.role, s.connection_id FROM sessions s
       JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.suspended_at IS NULL
       WHERE s.tenant_id = $1 AND s.id = $2 AND s.ended_at IS NULL AND s.expires_at > $3`,
      [this.tenant.id, session, at],
    );
    if (!row) return undefined;
    const connection = row.optionalText('connection_id');
    return {
      role: row.oneOf('role', allRoles),
      ...(connection !== undefined && { connectionId: connectionId.parse(connection) }),
    };
  }
}
