import type { RoleMapping } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, json, key, named, tenantColumn, text } from '../column';

export const roleMappingEntity = new EntitySchema<RoleMapping>({
  name: 'RoleMapping',
  tableName: 'role_mappings',
  columns: {
    id: key,
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
    groupId: named('group_id', text),
    role: text,
    priority: integer,
    createdAt: createdColumn,
    createdBy: named('created_by', json),
  },
  uniques: [
    { name: 'role_mappings_group', columns: ['directoryId', 'groupId'] },
    {
      name: 'role_mappings_priority',
      columns: ['directoryId', 'priority'],
      deferrable: 'INITIALLY DEFERRED',
    },
  ],
  indices: [{ name: 'role_mappings_of_group', columns: ['groupId'] }],
  foreignKeys: [
    {
      ...{ name: 'role_mappings_directory_fk', target: 'Directory', onDelete: 'CASCADE' },
      ...{ columnNames: ['directoryId'], referencedColumnNames: ['id'] },
    },
    {
      ...{ name: 'role_mappings_group_fk', target: 'DirectoryGroup', onDelete: 'CASCADE' },
      ...{ columnNames: ['groupId'], referencedColumnNames: ['id'] },
    },
  ],
});
