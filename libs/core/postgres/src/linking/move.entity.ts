import type { Move, MovingMember } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { flag, json, key, named, optional, tenantColumn, text, time } from '../column';

export const moveEntity = new EntitySchema<Move>({
  name: 'Move',
  tableName: 'moves',
  columns: {
    id: key,
    tenantId: tenantColumn,
    toConnectionId: named('to_connection_id', text),
    fromConnectionId: named('from_connection_id', text),
    issuer: text,
    state: text,
    approvedBy: named('approved_by', json),
    approvedAt: named('approved_at', time),
    expiresAt: named('expires_at', time),
    endedAt: named('ended_at', optional(time)),
  },
  indices: [
    { name: 'moves_open', columns: ['toConnectionId'], unique: true, where: "(state = 'open'::text)" },
    { name: 'moves_target', columns: ['tenantId', 'toConnectionId'] },
  ],
  foreignKeys: [
    { name: 'moves_tenant_fk', target: 'Tenant', columnNames: ['tenantId'], referencedColumnNames: ['id'] },
    {
      name: 'moves_target_fk',
      target: 'Connection',
      columnNames: ['toConnectionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

/** A line of the list as stored: `emailKey` is what an arriving e-mail is compared with. */
export interface StoredMovingMember extends MovingMember {
  readonly emailKey: string;
}

export const movingMemberEntity = new EntitySchema<StoredMovingMember>({
  name: 'MovingMember',
  tableName: 'moving_members',
  columns: {
    moveId: named('move_id', key),
    memberId: named('member_id', key),
    tenantId: tenantColumn,
    email: text,
    emailKey: named('email_key', text),
    oldLinkId: named('old_link_id', text),
    oldSubject: named('old_subject', text),
    expectedSubject: named('expected_subject', optional(text)),
    listed: flag,
    state: text,
    reason: optional(text),
    linkId: named('link_id', optional(text)),
    followedAt: named('followed_at', optional(time)),
  },
  indices: [
    { name: 'moving_members_email', columns: ['moveId', 'emailKey'] },
    { name: 'moving_members_subject', columns: ['moveId', 'expectedSubject'], unique: true },
    { name: 'moving_members_member', columns: ['memberId'] },
  ],
  foreignKeys: [
    {
      name: 'moving_members_move_fk',
      target: 'Move',
      columnNames: ['moveId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'moving_members_member_fk',
      target: 'Member',
      columnNames: ['memberId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
