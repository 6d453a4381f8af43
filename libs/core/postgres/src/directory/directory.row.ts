import {
  connectionId,
  directoryId,
  directoryTokenId,
  provisionedRoles,
  tenantId,
  type Directory,
  type DirectoryToken,
  type DirectoryTokenView,
  type Pairing,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import type { Row } from '../row';
import { readTenant } from '../tenants/tenant.row';

export function readDirectory(row: Row): Directory {
  const pausedAt = row.optionalDate('paused_at');
  const connection = row.optionalText('connection_id');
  return {
    id: row.id('id', directoryId),
    tenantId: row.id('tenant_id', tenantId),
    name: row.text('name'),
    defaultRole: row.oneOf('default_role', provisionedRoles),
    pairing: readPairing(row.object('pairing')),
    ...(connection !== undefined && { connectionId: connectionId.parse(connection) }),
    ...(pausedAt && { pausedAt }),
    createdAt: row.date('created_at'),
  };
}

function readPairing(row: Row): Pairing {
  const by = row.oneOf('by', ['email', 'external-id']);
  const attribute = row.optionalText('attribute');
  if (by === 'email') return { by };
  return { by, ...(attribute !== undefined && { attribute }) };
}

export function readDirectoryToken(row: Row): DirectoryToken {
  const lastUsedAt = row.optionalDate('last_used_at');
  const revokedAt = row.optionalDate('revoked_at');
  return {
    id: row.id('id', directoryTokenId),
    tenantId: row.id('tenant_id', tenantId),
    directoryId: row.id('directory_id', directoryId),
    name: row.text('name'),
    createdAt: row.date('created_at'),
    createdBy: readActor(row.object('created_by')),
    expiresAt: row.date('expires_at'),
    ...(lastUsedAt && { lastUsedAt }),
    ...(revokedAt && { revokedAt }),
  };
}

/** Of what `directory_token_anywhere` returns. */
export function readDirectoryTokenView(row: Row): DirectoryTokenView {
  return {
    token: readDirectoryToken(row.object('token')),
    directory: readDirectory(row.object('directory')),
    tenant: readTenant(row.object('tenant')),
  };
}
