import {
  connectionId,
  memberId,
  secondFactors,
  sessionId,
  signInMethods,
  tenantId,
  userId,
  type NameId,
  type Session,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readSession(row: Row): Session {
  const connection = row.optionalText('connection_id');
  const secondFactor = row.optionalText('second_factor');
  const address = row.optionalText('address');
  const userAgent = row.optionalText('user_agent');
  const sessionIndex = row.optionalText('session_index');
  const nameId = row.optionalObject('name_id');
  const attributes = row.optionalObject('attributes');
  const endedAt = row.optionalDate('ended_at');
  return {
    id: row.id('id', sessionId),
    tenantId: row.id('tenant_id', tenantId),
    userId: row.id('user_id', userId),
    memberId: row.id('member_id', memberId),
    via: row.oneOf('via', signInMethods),
    ...(connection !== undefined && { connectionId: connectionId.parse(connection) }),
    ...(secondFactor !== undefined && { secondFactor: row.oneOf('second_factor', secondFactors) }),
    breakGlass: row.flag('break_glass'),
    ...(sessionIndex !== undefined && { sessionIndex }),
    ...(nameId && { nameId: readNameId(nameId) }),
    groups: row.texts('groups'),
    ...(attributes && { attributes: readAttributes(attributes) }),
    ...(address !== undefined && { address }),
    ...(userAgent !== undefined && { userAgent }),
    authenticatedAt: row.date('authenticated_at'),
    createdAt: row.date('created_at'),
    expiresAt: row.date('expires_at'),
    ...(endedAt && { endedAt }),
  };
}

function readAttributes(row: Row): Record<string, readonly string[]> {
  return Object.fromEntries(Object.keys(row.record()).map((name) => [name, row.texts(name)]));
}

export function readNameId(row: Row): NameId {
  const format = row.optionalText('format');
  const nameQualifier = row.optionalText('nameQualifier');
  const spNameQualifier = row.optionalText('spNameQualifier');
  return {
    value: row.text('value'),
    ...(format !== undefined && { format }),
    ...(nameQualifier !== undefined && { nameQualifier }),
    ...(spNameQualifier !== undefined && { spNameQualifier }),
  };
}
