import type { Connection } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import {
  createdColumn,
  emptyList,
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

export const connectionEntity = new EntitySchema<Connection>({
  name: 'Connection',
  tableName: 'connections',
  columns: {
    id: key,
    tenantId: tenantColumn,
    protocol: text,
    label: text,
    host: named('own_host', optional(text)),
    spEntityId: named('sp_entity_id', optional(text)),
    spEntityIdAliases: named('sp_entity_id_aliases', emptyList),
    idp: optional(json),
    metadataUrl: named('metadata_url', optional(text)),
    settings: json,
    test: optional(json),
    version: optional(integer),
    pendingVersion: named('pending_version', optional(integer)),
    enabledAt: named('enabled_at', optional(time)),
    primary: named('is_primary', { ...flag, default: false }),
    deletedAt: named('deleted_at', optional(time)),
    createdAt: createdColumn,
    revision: integer,
  },
  indices: [
    { name: 'connections_tenant_enabled', columns: ['tenantId', 'enabledAt'] },
    { name: 'connections_primary', columns: ['tenantId'], unique: true, where: 'is_primary' },
    { name: 'connections_own_host', columns: ['host'], where: '(own_host IS NOT NULL)' },
    { name: 'connections_deleted', columns: ['deletedAt'], where: '(deleted_at IS NOT NULL)' },
  ],
  foreignKeys: [
    {
      name: 'connections_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
