import type { AuditEntry } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { json, key, optional, tenantColumn, text, time } from '../column';

export const auditEntryEntity = new EntitySchema<AuditEntry>({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  columns: {
    id: key,
    tenantId: tenantColumn,
    type: text,
    at: time,
    actor: json,
    subject: text,
    before: optional(json),
    after: optional(json),
    data: optional(json),
  },
  indices: [
    { name: 'audit_entries_tenant_id', columns: ['tenantId', 'id'] },
    {
      name: 'audit_entries_sign_ins',
      columns: ['tenantId', 'subject', 'id'],
      where: "(type = 'sign_in.succeeded'::text)",
    },
    {
      name: 'audit_entries_dry_run',
      columns: ['tenantId', 'at', 'subject'],
      where: "(data ? 'wouldBeRefused'::text)",
    },
  ],
});
