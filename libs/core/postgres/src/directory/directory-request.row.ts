import {
  directoryId,
  directoryRequestId,
  directoryTokenId,
  tenantId,
  type DirectoryRequest,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readDirectoryRequest(row: Row): DirectoryRequest {
  const token = row.optionalText('token_id');
  const body = row.optionalText('body');
  const ifMatch = row.optionalText('if_match');
  const userAgent = row.optionalText('user_agent');
  const scimType = row.optionalText('scim_type');
  const detail = row.optionalText('detail');
  return {
    id: row.id('id', directoryRequestId),
    tenantId: row.id('tenant_id', tenantId),
    directoryId: row.id('directory_id', directoryId),
    ...(token !== undefined && { tokenId: directoryTokenId.parse(token) }),
    at: row.date('at'),
    method: row.text('method'),
    path: row.text('path'),
    ...(body !== undefined && { body }),
    bodyCut: row.flag('body_cut'),
    ...(ifMatch !== undefined && { ifMatch }),
    ...(userAgent !== undefined && { userAgent }),
    status: row.integer('status'),
    ...(scimType !== undefined && { scimType }),
    ...(detail !== undefined && { detail }),
    milliseconds: row.integer('milliseconds'),
  };
}
