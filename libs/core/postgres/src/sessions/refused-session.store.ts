import {
  RefusedSessionStore,
  sessionId,
  tenantId as tenantIds,
  type Chance,
  type EndedBatch,
  type Happening,
  type LookedAt,
  type RunningSession,
  type SessionBatch,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readMember } from '../members/member.row';
import { noteAll } from '../note-all';
import type { Row } from '../row';
import { readTenant } from '../tenants/tenant.row';
import { inTenant, rowsOf, type TenantTransaction } from '../transaction';
import { readSession } from './session.row';

// By the index that fits: a tenant may have a hundred thousand sessions, of which few are looked at.
function running(of: LookedAt): string {
  const narrower = {
    all: '',
    local: `AND s.via <> 'saml'`,
    member:
      'AND s.user_id = (SELECT user_id FROM members WHERE tenant_id = $1 AND id = $5) AND s.member_id = $5',
  };
  return `SELECT to_jsonb(s) AS session, to_jsonb(t) AS tenant, to_jsonb(m) AS member FROM sessions s
    JOIN tenants t ON t.id = s.tenant_id
    JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
    WHERE s.tenant_id = $1 AND s.id > $2 AND s.ended_at IS NULL AND s.expires_at > $3
      ${narrower[typeof of === 'string' ? of : 'member']}
    ORDER BY s.id LIMIT $4`;
}

export class PostgresRefusedSessionStore extends RefusedSessionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  endBatch(
    tenantId: TenantId,
    { of, after, most }: SessionBatch,
    now: Date,
    stands: (session: RunningSession) => boolean,
    because: (ended: RunningSession) => Happening,
  ): Promise<EndedBatch> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const values = [tenantId, after ?? '', now, most, ...(typeof of === 'string' ? [] : [of.memberId])];
      const rows = await transaction.rows(running(of), values);
      const looked = rows.map(readRunning);
      const refused = looked.filter((each) => !stands(each));
      const ended = await end(transaction, refused, now);
      await noteAll(transaction, ended.map(because), this.chance);
      const last = looked.length === most ? looked.at(-1) : undefined;
      return { ended: ended.length, ...(last && { next: last.session.id }) };
    });
  }

  async tenantsAnywhere(after: TenantId | undefined, most: number, now: Date): Promise<TenantId[]> {
    const sql = 'SELECT id FROM tenants_with_refused_sessions_anywhere($1, $2, $3) AS found (id)';
    const rows = await rowsOf(this.database, sql, [after ?? '', most, now]);
    return rows.map((row) => row.id('id', tenantIds));
  }
}

/** Of these, those that nobody else has ended meanwhile. */
async function end(
  transaction: TenantTransaction,
  refused: readonly RunningSession[],
  now: Date,
): Promise<RunningSession[]> {
  if (refused.length === 0) return [];
  const rows = await transaction.rows(
    'UPDATE sessions SET ended_at = $3 WHERE tenant_id = $1 AND id = ANY ($2) AND ended_at IS NULL RETURNING id',
    [transaction.tenantId, refused.map(({ session }) => session.id), now],
  );
  const ended = new Set(rows.map((row) => row.id('id', sessionId)));
  return refused.filter(({ session }) => ended.has(session.id));
}

function readRunning(row: Row): RunningSession {
  return {
    session: readSession(row.object('session')),
    tenant: readTenant(row.object('tenant')),
    member: readMember(row.object('member')),
  };
}
