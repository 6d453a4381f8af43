import {
  directoryGroupId,
  directoryId,
  roleMappingId,
  roles,
  tenantId,
  type ListedMapping,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import type { Row } from '../row';
import type { Statement } from '../transaction';

/** The one that wins first. */
export function listingMappings(ofTenant: string, ofDirectory: string): Statement {
  const sql = `SELECT r.id, r.tenant_id, r.directory_id, r.group_id, r.role, r.priority, r.created_at, r.created_by,
      g.display_name AS group_name
    FROM role_mappings r JOIN directory_groups g ON g.id = r.group_id AND g.tenant_id = $1
    WHERE r.tenant_id = $1 AND r.directory_id = $2 ORDER BY r.priority DESC`;
  return { sql, values: [ofTenant, ofDirectory] };
}

export function readMapping(row: Row): ListedMapping {
  return {
    id: row.id('id', roleMappingId),
    tenantId: row.id('tenant_id', tenantId),
    directoryId: row.id('directory_id', directoryId),
    groupId: row.id('group_id', directoryGroupId),
    groupName: row.text('group_name'),
    role: row.oneOf('role', roles),
    priority: row.integer('priority'),
    createdAt: row.date('created_at'),
    createdBy: readActor(row.object('created_by')),
  };
}
