import type { ApplicationId, SessionId, TenantId, UserId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, key, named, optional, tenantColumn, text, time } from '../column';

export interface StoredLogoutNotice {
  readonly sessionId: SessionId;
  readonly applicationId: ApplicationId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly createdAt: Date;
  /** Not to be claimed before: in the future while a claim or a pause after a failure lasts. */
  readonly dueAt: Date;
  /** When the session would have expired by itself: nobody needs to be told after. */
  readonly expiresAt: Date;
  readonly attempts: number;
  readonly lastError?: string;
}

export const logoutNoticeEntity = new EntitySchema<StoredLogoutNotice>({
  name: 'LogoutNotice',
  tableName: 'logout_notices',
  columns: {
    sessionId: named('session_id', key),
    applicationId: named('application_id', key),
    tenantId: tenantColumn,
    userId: named('user_id', text),
    createdAt: createdColumn,
    dueAt: named('due_at', time),
    expiresAt: named('expires_at', time),
    attempts: integer,
    lastError: named('last_error', optional(text)),
  },
  indices: [
    { name: 'logout_notices_due', columns: ['applicationId', 'dueAt'] },
    { name: 'logout_notices_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'logout_notices_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
