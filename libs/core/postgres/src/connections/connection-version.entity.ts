import type { ConnectionVersion } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, json, key, named, optional, tenantColumn, text, time } from '../column';

export const connectionVersionEntity = new EntitySchema<ConnectionVersion>({
  name: 'ConnectionVersion',
  tableName: 'connection_versions',
  columns: {
    connectionId: named('connection_id', key),
    number: { ...integer, primary: true },
    tenantId: tenantColumn,
    state: text,
    configuration: json,
    difference: json,
    author: json,
    createdAt: createdColumn,
    lastTest: named('last_test', optional(json)),
    passedTest: named('passed_test', optional(json)),
    promotedAt: named('promoted_at', optional(time)),
  },
  indices: [
    {
      name: 'connection_versions_pending',
      columns: ['connectionId'],
      unique: true,
      where: "(state = 'pending'::text)",
    },
    {
      name: 'connection_versions_serving',
      columns: ['connectionId'],
      unique: true,
      where: "(state = 'serving'::text)",
    },
  ],
  foreignKeys: [
    {
      name: 'connection_versions_connection_fk',
      target: 'Connection',
      columnNames: ['connectionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
