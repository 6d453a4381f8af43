import {
  connectionId,
  hindrances,
  linkId,
  memberId,
  moveId,
  moveStates,
  movingStates,
  tenantId,
  type Move,
  type MoveCandidate,
  type MovingMember,
  type MovingPerson,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import { personColumns, readPerson } from '../members/member.row';
import type { Row } from '../row';

export function readMove(row: Row): Move {
  const endedAt = row.optionalDate('ended_at');
  return {
    id: row.id('id', moveId),
    tenantId: row.id('tenant_id', tenantId),
    toConnectionId: row.id('to_connection_id', connectionId),
    fromConnectionId: row.id('from_connection_id', connectionId),
    issuer: row.text('issuer'),
    state: row.oneOf('state', moveStates),
    approvedBy: readActor(row.object('approved_by')),
    approvedAt: row.date('approved_at'),
    expiresAt: row.date('expires_at'),
    ...(endedAt && { endedAt }),
  };
}

function readMovingMember(row: Row): MovingMember {
  const expectedSubject = row.optionalText('expected_subject');
  const followedAt = row.optionalDate('followed_at');
  return {
    moveId: row.id('move_id', moveId),
    tenantId: row.id('tenant_id', tenantId),
    memberId: row.id('member_id', memberId),
    email: row.text('email'),
    oldLinkId: row.id('old_link_id', linkId),
    oldSubject: row.text('old_subject'),
    ...(expectedSubject !== undefined && { expectedSubject }),
    listed: row.flag('listed'),
    state: row.oneOf('state', movingStates),
    ...(row.json('reason') !== undefined && { reason: row.oneOf('reason', hindrances) }),
    ...(row.json('link_id') !== undefined && { linkId: row.id('link_id', linkId) }),
    ...(followedAt && { followedAt }),
  };
}

/** Whether the member `m` is linked through the connection that this expression names. */
function isLinked(connection: string): string {
  return `EXISTS (SELECT FROM links l
    WHERE l.tenant_id = m.tenant_id AND l.connection_id = ${connection} AND l.user_id = m.user_id)`;
}

/** Lists of moves `v`, with each member as it is now. */
export const movingPeople = `SELECT to_jsonb(r) AS moving, ${personColumns},
    ${isLinked('v.from_connection_id')} AS linked_still, ${isLinked('v.to_connection_id')} AS linked_there
  FROM moves v
  JOIN moving_members r ON r.tenant_id = v.tenant_id AND r.move_id = v.id
  JOIN members m ON m.tenant_id = v.tenant_id AND m.id = r.member_id
  JOIN users u ON u.id = m.user_id
  WHERE v.tenant_id = $1`;

export function readMovingPerson(row: Row): MovingPerson {
  return {
    row: readMovingMember(row.object('moving')),
    person: readPerson(row),
    linkedStill: row.flag('linked_still'),
    linkedThere: row.flag('linked_there'),
  };
}

/** Everybody who is linked through the connection $2, and whether through $3 as well. */
export const moveCandidates = `SELECT ${personColumns}, o.links, ${isLinked('$3')} AS linked_there
  FROM (SELECT user_id, jsonb_agg(jsonb_build_object('id', id, 'subject', subject) ORDER BY id) AS links
    FROM links WHERE tenant_id = $1 AND connection_id = $2 GROUP BY user_id) o
  JOIN members m ON m.tenant_id = $1 AND m.user_id = o.user_id
  JOIN users u ON u.id = m.user_id
  ORDER BY m.id`;

export function readCandidate(row: Row): MoveCandidate {
  const links = row.objects('links');
  return {
    person: readPerson(row),
    links: links.map((link) => ({ id: link.id('id', linkId), subject: link.text('subject') })),
    linkedThere: row.flag('linked_there'),
  };
}
