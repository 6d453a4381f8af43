import type { DirectoryGroupId, DirectoryId, DirectoryPersonId, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, json, key, named, optional, tenantColumn, text, time } from '../column';

/** A group as stored: its members are rows of their own. */
export interface StoredGroup {
  readonly id: DirectoryGroupId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly displayName: string;
  readonly displayNameKey: string;
  readonly externalId?: string;
  readonly document: unknown;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const inOctets = { ...text, collation: 'C' };
const ofDirectory = {
  ...{ target: 'Directory', onDelete: 'CASCADE' as const },
  ...{ columnNames: ['directoryId'], referencedColumnNames: ['id'] },
};

export const directoryGroupEntity = new EntitySchema<StoredGroup>({
  name: 'DirectoryGroup',
  tableName: 'directory_groups',
  columns: {
    id: key,
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
    displayName: named('display_name', text),
    displayNameKey: named('display_name_key', inOctets),
    externalId: named('external_id', optional(inOctets)),
    document: json,
    version: integer,
    createdAt: createdColumn,
    updatedAt: named('updated_at', time),
  },
  uniques: [{ name: 'directory_groups_display_name', columns: ['directoryId', 'displayNameKey'] }],
  indices: [
    { name: 'directory_groups_present', columns: ['tenantId', 'directoryId', 'id'] },
    { name: 'directory_groups_external', columns: ['directoryId', 'externalId'] },
  ],
  foreignKeys: [{ name: 'directory_groups_directory_fk', ...ofDirectory }],
});

/** That a person is in a group. */
export interface StoredGroupMember {
  readonly groupId: DirectoryGroupId;
  readonly personId: DirectoryPersonId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
}

export const directoryGroupMemberEntity = new EntitySchema<StoredGroupMember>({
  name: 'DirectoryGroupMember',
  tableName: 'directory_group_members',
  columns: {
    groupId: { ...key, name: 'group_id' },
    personId: { ...key, name: 'person_id' },
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
  },
  indices: [{ name: 'directory_group_members_person', columns: ['personId'] }],
  foreignKeys: [
    {
      ...{ name: 'directory_group_members_group_fk', target: 'DirectoryGroup', onDelete: 'CASCADE' },
      ...{ columnNames: ['groupId'], referencedColumnNames: ['id'] },
    },
    {
      ...{ name: 'directory_group_members_person_fk', target: 'DirectoryPerson', onDelete: 'CASCADE' },
      ...{ columnNames: ['personId'], referencedColumnNames: ['id'] },
    },
  ],
});

/** How many people and groups a directory has: the sums of its slots, kept by triggers, so that nobody counts. */
export interface DirectoryTally {
  readonly directoryId: DirectoryId;
  readonly slot: number;
  readonly tenantId: TenantId;
  readonly people: number;
  readonly activePeople: number;
  readonly admittedPeople: number;
  readonly groups: number;
}

const none = { ...integer, default: 0 };

export const directoryTallyEntity = new EntitySchema<DirectoryTally>({
  name: 'DirectoryTally',
  tableName: 'directory_tallies',
  columns: {
    directoryId: { ...key, name: 'directory_id' },
    slot: { type: 'smallint', primary: true, default: 0 },
    tenantId: tenantColumn,
    people: none,
    activePeople: named('active_people', none),
    admittedPeople: named('admitted_people', none),
    groups: none,
  },
  foreignKeys: [{ name: 'directory_tallies_directory_fk', ...ofDirectory }],
});
