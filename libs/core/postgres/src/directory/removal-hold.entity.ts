import type { RemovalHold } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { json, key, named, optional, tenantColumn, text, time } from '../column';

export const removalHoldEntity = new EntitySchema<RemovalHold>({
  name: 'RemovalHold',
  tableName: 'removal_holds',
  columns: {
    id: key,
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
    reason: text,
    openedAt: named('opened_at', time),
    decision: optional(text),
    decidedAt: named('decided_at', optional(time)),
    decidedBy: named('decided_by', optional(json)),
  },
  indices: [
    {
      name: 'removal_holds_open',
      columns: ['directoryId', 'reason'],
      unique: true,
      where: '(decision IS NULL)',
    },
    { name: 'removal_holds_directory', columns: ['directoryId', 'id'] },
  ],
  foreignKeys: [
    {
      ...{ name: 'removal_holds_directory_fk', target: 'Directory', onDelete: 'CASCADE' },
      ...{ columnNames: ['directoryId'], referencedColumnNames: ['id'] },
    },
  ],
});
