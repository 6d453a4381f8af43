import type { DeploymentAuditEntry } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { json, key, optional, text, time } from '../column';

export const deploymentAuditEntity = new EntitySchema<DeploymentAuditEntry>({
  name: 'DeploymentAuditEntry',
  tableName: 'deployment_audit_entries',
  columns: { id: key, type: text, at: time, actor: json, subject: text, data: optional(json) },
});
