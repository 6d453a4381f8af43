import type { StartedLogout } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { key, named, tenantColumn, text, time } from '../column';

export const logoutEntity = new EntitySchema<StartedLogout>({
  name: 'Logout',
  tableName: 'logouts',
  columns: {
    id: key,
    tenantId: tenantColumn,
    connectionId: named('connection_id', text),
    sessionId: named('session_id', text),
    requestId: named('request_id', text),
    returnUrl: named('return_url', text),
    startedAt: named('started_at', time),
    expiresAt: named('expires_at', time),
  },
  uniques: [{ name: 'logouts_request', columns: ['connectionId', 'requestId'] }],
  indices: [{ name: 'logouts_expiry', columns: ['expiresAt'] }],
  foreignKeys: [
    {
      name: 'logouts_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
