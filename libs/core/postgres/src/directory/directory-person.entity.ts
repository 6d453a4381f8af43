import type { ProvisionedPerson } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import {
  createdColumn,
  flag,
  integer,
  json,
  key,
  named,
  optional,
  tenantColumn,
  text,
  time,
} from '../column';

/** A person as stored: the whole resource, and beside it what people are looked for by. */
export interface StoredPerson extends ProvisionedPerson {
  readonly userNameKey: string;
  readonly emailKey?: string;
  /** Of its resource, for filters by `emails`; null where the document is to be asked. */
  readonly onlyEmail?: string;
  /** Without what clients cannot write. */
  readonly document: unknown;
  readonly version: number;
  readonly updatedAt: Date;
  readonly accessEndedAt?: Date;
}

const inOctets = { ...text, collation: 'C' };

export const directoryPersonEntity = new EntitySchema<StoredPerson>({
  name: 'DirectoryPerson',
  tableName: 'directory_people',
  columns: {
    id: key,
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
    userName: named('user_name', text),
    userNameKey: named('user_name_key', inOctets),
    externalId: named('external_id', optional(inOctets)),
    active: flag,
    email: optional(text),
    emailKey: named('email_key', optional(inOctets)),
    name: optional(text),
    onlyEmail: named('only_email', optional(inOctets)),
    document: json,
    version: integer,
    createdAt: createdColumn,
    updatedAt: named('updated_at', time),
    deletedAt: named('deleted_at', optional(time)),
    standing: text,
    quarantinedFor: named('quarantined_for', optional(text)),
    heldBy: named('held_by', optional(text)),
    userId: named('user_id', optional(text)),
    memberId: named('member_id', optional(text)),
    brought: flag,
    accessEndedAt: named('access_ended_at', optional(time)),
    mappedRole: named('mapped_role', optional(text)),
    mappedBy: named('mapped_by', optional(text)),
  },
  uniques: [{ name: 'directory_people_user_name', columns: ['directoryId', 'userNameKey'] }],
  indices: [
    {
      name: 'directory_people_present',
      columns: ['tenantId', 'directoryId', 'id'],
      where: '(deleted_at IS NULL)',
    },
    {
      name: 'directory_people_active',
      columns: ['tenantId', 'directoryId', 'active', 'id'],
      where: '(deleted_at IS NULL)',
    },
    {
      name: 'directory_people_by_name',
      columns: ['tenantId', 'directoryId', 'userNameKey', 'id'],
      where: '(deleted_at IS NULL)',
    },
    {
      name: 'directory_people_external',
      columns: ['directoryId', 'externalId'],
      unique: true,
      where: '(deleted_at IS NULL)',
    },
    {
      name: 'directory_people_only_email',
      columns: ['tenantId', 'directoryId', 'onlyEmail'],
      where: '(deleted_at IS NULL)',
    },
    { name: 'directory_people_email', columns: ['tenantId', 'emailKey'] },
    { name: 'directory_people_external_of_tenant', columns: ['tenantId', 'externalId'] },
    { name: 'directory_people_member', columns: ['tenantId', 'memberId'], unique: true },
    { name: 'directory_people_user', columns: ['userId'] },
    {
      name: 'directory_people_ended',
      columns: ['directoryId', 'accessEndedAt'],
      where: '(access_ended_at IS NOT NULL)',
    },
    {
      name: 'directory_people_quarantined',
      columns: ['tenantId', 'quarantinedFor', 'id'],
      where: '(quarantined_for IS NOT NULL)',
    },
    { name: 'directory_people_held', columns: ['heldBy'], where: '(held_by IS NOT NULL)' },
  ],
  foreignKeys: [
    {
      ...{ name: 'directory_people_directory_fk', target: 'Directory', onDelete: 'CASCADE' },
      ...{ columnNames: ['directoryId'], referencedColumnNames: ['id'] },
    },
    {
      ...{ name: 'directory_people_hold_fk', target: 'RemovalHold' },
      ...{ columnNames: ['heldBy'], referencedColumnNames: ['id'] },
    },
    {
      ...{ name: 'directory_people_user_fk', target: 'User' },
      ...{ columnNames: ['userId'], referencedColumnNames: ['id'] },
    },
  ],
});
