import type { Connection } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import {
  createdColumn,
  emptyList,
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
    spEntityId: named('sp_entity_id', optional(text)),
    spEntityIdAliases: named('sp_entity_id_aliases', emptyList),
    idp: optional(json),
    metadataUrl: named('metadata_url', optional(text)),
    settings: json,
    test: optional(json),
    enabledAt: named('enabled_at', optional(time)),
    createdAt: createdColumn,
    revision: integer,
  },
  indices: [{ name: 'connections_tenant_enabled', columns: ['tenantId', 'enabledAt'] }],
  foreignKeys: [
    {
      name: 'connections_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
