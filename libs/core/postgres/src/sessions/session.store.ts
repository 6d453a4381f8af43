import {
  SessionStore,
  type Chance,
  type Happening,
  type Session,
  type SessionId,
  type SessionView,
  type TenantId,
  type WaitingFlow,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readMember, readUser } from '../members/member.row';
import type { Row } from '../row';
import { readTenant } from '../tenants/tenant.row';
import { leaving, requireLeft } from '../login/leave-flow';
import { allInTenant, inTenant, noting, rowsOf, type Statement } from '../transaction';
import { readSession } from './session.row';

export class PostgresSessionStore extends SessionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async open(tenantId: TenantId, session: Session, because: Happening, waiting?: WaitingFlow): Promise<void> {
    const written = [inserting(session), noting(because, this.chance)];
    const left = waiting ? [leaving(tenantId, waiting.flowId, { ...waiting, sessionId: session.id })] : [];
    const answers = await allInTenant(this.database, tenantId, [...written, ...left]);
    if (waiting) requireLeft(waiting.flowId, answers[written.length]);
  }

  end(tenantId: TenantId, id: SessionId, because: Happening): Promise<'ended' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const ended = await transaction.row(
        'UPDATE sessions SET ended_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id',
        [tenantId, id, because.at],
      );
      if (!ended) return 'absent';
      await transaction.note(because, this.chance);
      return 'ended';
    });
  }

  async findLiveAnywhere(id: SessionId, now: Date): Promise<SessionView | undefined> {
    const rows = await rowsOf(
      this.database,
      'SELECT session, tenant, member, person FROM live_session_anywhere($1, $2)',
      [id, now],
    );
    return rows.map(readView)[0];
  }
}

function readView(row: Row): SessionView {
  return {
    session: readSession(row.object('session')),
    tenant: readTenant(row.object('tenant')),
    user: readUser(row.object('person')),
    member: readMember(row.object('member')),
  };
}

function inserting(session: Session): Statement {
  return {
    sql: `INSERT INTO sessions (id, tenant_id, user_id, member_id, via, connection_id, session_index, groups,
            authenticated_at, created_at, expires_at, name_id, name_id_value, attributes, second_factor, break_glass,
            address, user_agent)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    values: [
      ...[session.id, session.tenantId, session.userId, session.memberId, session.via, session.connectionId],
      ...[session.sessionIndex, JSON.stringify(session.groups)],
      ...[session.authenticatedAt, session.createdAt, session.expiresAt],
      ...[session.nameId && JSON.stringify(session.nameId), session.nameId?.value, session.attributes],
      ...[session.secondFactor, session.breakGlass, session.address, session.userAgent],
    ],
  };
}
