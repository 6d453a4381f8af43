import {
  sessionId,
  SessionStore,
  type Chance,
  type Happening,
  type ListedSession,
  type MemberId,
  type OwnSession,
  type Page,
  type Session,
  type SessionId,
  type SessionsToEnd,
  type SessionView,
  type TenantId,
  type UserId,
  type WaitingFlow,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { readMember, readUser } from '../members/member.row';
import { noteAll } from '../note-all';
import type { Row } from '../row';
import { readTenant } from '../tenants/tenant.row';
import { leaving, requireLeft } from '../login/leave-flow';
import { allInTenant, inTenant, noting, rowsInTenant, rowsOf } from '../transaction';
import { insertingSession } from './insert-session';
import { sessionEntity } from './session.entity';
import { readSession } from './session.row';

const mostOfOneUser = 500;

// By the user, whom the index names: a tenant may have a hundred thousand sessions.
const ofMember = (place: string) =>
  `member_id = ${place} AND user_id = (SELECT user_id FROM members WHERE tenant_id = $1 AND id = ${place})`;

export class PostgresSessionStore extends SessionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async open(tenantId: TenantId, session: Session, because: Happening, waiting?: WaitingFlow): Promise<void> {
    const written = [insertingSession(session), noting(because, this.chance)];
    const left = waiting ? [leaving(tenantId, waiting.flowId, { ...waiting, sessionId: session.id })] : [];
    const answers = await allInTenant(this.database, tenantId, [...written, ...left]);
    if (waiting) requireLeft(waiting.flowId, answers[written.length]);
  }

  end(tenantId: TenantId, id: SessionId, because: Happening, of?: MemberId): Promise<'ended' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const ended = await transaction.row(
        `UPDATE sessions SET ended_at = $3
         WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > $3
           AND ($4::text IS NULL OR member_id = $4)
         RETURNING id`,
        [tenantId, id, because.at, of],
      );
      if (!ended) return 'absent';
      await transaction.note(because, this.chance);
      return 'ended';
    });
  }

  endSome(
    tenantId: TenantId,
    { memberId, openedUntil }: SessionsToEnd,
    most: number,
    because: (ended: SessionId) => Happening,
  ): Promise<readonly SessionId[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(
        // Chosen once: a limited subquery may be run again for each row that it is compared with.
        `WITH chosen AS MATERIALIZED (
           SELECT id FROM sessions
           WHERE tenant_id = $1 AND ended_at IS NULL AND expires_at > $2 AND created_at <= $2
             ${memberId === undefined ? '' : `AND ${ofMember('$4')}`}
           ORDER BY id LIMIT $3 FOR UPDATE)
         UPDATE sessions s SET ended_at = $2 FROM chosen WHERE s.tenant_id = $1 AND s.id = chosen.id RETURNING s.id`,
        [tenantId, openedUntil, most, ...(memberId === undefined ? [] : [memberId])],
      );
      const ended = rows.map((row) => row.id('id', sessionId));
      await noteAll(transaction, ended.map(because), this.chance);
      return ended;
    });
  }

  async list(
    tenantId: TenantId,
    { memberId }: { memberId?: MemberId },
    { after, limit }: Page,
    now: Date,
  ): Promise<ListedSession[]> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT to_jsonb(s) AS session, to_jsonb(u) AS person, c.label FROM sessions s
       JOIN users u ON u.id = s.user_id
       LEFT JOIN connections c ON c.id = s.connection_id AND c.tenant_id = s.tenant_id
       WHERE s.tenant_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND ($3::text IS NULL OR s.id < $3)
         ${memberId === undefined ? '' : `AND ${ofMember('$5')}`}
       ORDER BY s.id DESC LIMIT $4`,
      [tenantId, now, after, limit, ...(memberId === undefined ? [] : [memberId])],
    );
    return rows.map((row) => ({ ...readLabelled(row), user: readUser(row.object('person')) }));
  }

  async listOfUserAnywhere(userId: UserId, now: Date): Promise<OwnSession[]> {
    const sql = 'SELECT session, tenant, label FROM sessions_of_user_anywhere($1, $2, $3)';
    const rows = await rowsOf(this.database, sql, [userId, now, mostOfOneUser]);
    return rows.map((row) => ({ ...readLabelled(row), tenant: readTenant(row.object('tenant')) }));
  }

  async findOpenAnywhere(id: SessionId, now: Date): Promise<Session | undefined> {
    const sql = `SELECT ${columnsOf(sessionEntity)} FROM open_session_anywhere($1, $2)`;
    return (await rowsOf(this.database, sql, [id, now])).map(readSession)[0];
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

function readLabelled(row: Row) {
  const connectionLabel = row.optionalText('label');
  return {
    session: readSession(row.object('session')),
    ...(connectionLabel !== undefined && { connectionLabel }),
  };
}
