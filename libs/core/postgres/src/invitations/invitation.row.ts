import {
  invitationId,
  invitationStates,
  mailLanguages,
  memberSsoChoices,
  roles,
  tenantId,
  type Invitation,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import { readExemption } from '../members/member.row';
import type { Row } from '../row';

/** What to select for `readInvitation`: everything but the hash of the link. */
export const invitationColumns = `id, tenant_id, email, name, role, sso, exemption, language, inviter, invited_by, state,
  created_at, sent_at, expires_at, opened_at, browser_key_hash, ended_at`;

export function readInvitation(row: Row): Invitation {
  return {
    id: row.id('id', invitationId),
    tenantId: row.id('tenant_id', tenantId),
    email: row.text('email'),
    role: row.oneOf('role', roles),
    language: row.oneOf('language', mailLanguages),
    invitedBy: readActor(row.object('invited_by')),
    state: row.oneOf('state', invitationStates),
    createdAt: row.date('created_at'),
    sentAt: row.date('sent_at'),
    expiresAt: row.date('expires_at'),
    ...readWhatMayBeAbsent(row),
  };
}

function readWhatMayBeAbsent(row: Row) {
  const [name, inviter] = [row.optionalText('name'), row.optionalText('inviter')];
  const [sso, browserKeyHash] = [row.optionalText('sso'), row.optionalText('browser_key_hash')];
  const [openedAt, endedAt] = [row.optionalDate('opened_at'), row.optionalDate('ended_at')];
  const exemption = row.optionalObject('exemption');
  return {
    ...(name !== undefined && { name }),
    ...(sso !== undefined && { sso: row.oneOf('sso', memberSsoChoices) }),
    ...(exemption && { exemption: readExemption(exemption) }),
    ...(inviter !== undefined && { inviter }),
    ...(openedAt && { openedAt }),
    ...(browserKeyHash !== undefined && { browserKeyHash }),
    ...(endedAt && { endedAt }),
  };
}
