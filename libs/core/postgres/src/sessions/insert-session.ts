import type { Session } from '@gatehouse/core';
import type { Statement } from '../transaction';

export function insertingSession(session: Session): Statement {
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
