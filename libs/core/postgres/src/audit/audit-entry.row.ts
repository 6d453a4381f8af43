import {
  apiTokenId,
  auditId,
  directoryTokenId,
  tenantId,
  type Actor,
  type AuditEntry,
  type Happening,
  type HappeningType,
} from '@gatehouse/core';
import type { Row } from '../row';

const types: Record<HappeningType, true> = {
  'tenant.created': true,
  'tenant.updated': true,
  'member.added': true,
  'member.role_changed': true,
  'member.suspended': true,
  'member.unsuspended': true,
  'member.removed': true,
  'member.readmitted': true,
  'member.sign_in_changed': true,
  'member.exempted': true,
  'member.exemption_ended': true,
  'members.sign_in_changed': true,
  'policy.changed': true,
  'policy.dry_run_started': true,
  'policy.dry_run_stopped': true,
  'break_glass.used': true,
  'break_glass.drill_started': true,
  'break_glass.drill_passed': true,
  'member.linked': true,
  'member.relinked': true,
  'member.unlinked': true,
  'member.link_requested': true,
  'members.link_requested': true,
  'member.profile_updated': true,
  'member.address_held': true,
  'invitation.created': true,
  'invitation.resent': true,
  'invitation.revoked': true,
  'invitation.opened': true,
  'invitation.accepted': true,
  'move.approved': true,
  'move.finished': true,
  'move.cancelled': true,
  'api_token.created': true,
  'api_token.revoked': true,
  'directory.created': true,
  'directory.updated': true,
  'directory.paused': true,
  'directory.resumed': true,
  'directory.deleted': true,
  'directory_token.created': true,
  'directory_token.revoked': true,
  'directory_token.expiring': true,
  'directory.removals_held': true,
  'directory.removals_approved': true,
  'directory.removals_refused': true,
  'role_mapping.created': true,
  'role_mapping.updated': true,
  'role_mapping.deleted': true,
  'role_mappings.reordered': true,
  'provisioned_person.created': true,
  'provisioned_person.updated': true,
  'provisioned_person.admitted': true,
  'provisioned_person.quarantined': true,
  'provisioned_person.deactivated': true,
  'provisioned_person.revived': true,
  'provisioned_person.deleted': true,
  'provisioned_person.role_held': true,
  'provisioned_group.created': true,
  'provisioned_group.updated': true,
  'provisioned_group.members_changed': true,
  'provisioned_group.deleted': true,
  'domain.added': true,
  'domain.verified': true,
  'domain.check_failed': true,
  'domain.token_renewed': true,
  'domain.proof_missed': true,
  'domain.lapsed': true,
  'domain.recovered': true,
  'domain.released': true,
  'domain.removed': true,
  'connection.created': true,
  'connection.updated': true,
  'connection.tested': true,
  'connection.enabled': true,
  'connection.disabled': true,
  'connection.made_primary': true,
  'connection.deleted': true,
  'connection.restored': true,
  'connection.purged': true,
  'connection.version_proposed': true,
  'connection.version_promoted': true,
  'connection.version_rolled_back': true,
  'connection.version_discarded': true,
  'certificate.added': true,
  'certificate.removed': true,
  'certificate.expiring': true,
  'certificate.expired': true,
  'metadata.refused': true,
  'sign_in.succeeded': true,
  'sign_in.refused': true,
  'sign_in.arrived': true,
  'logout.received': true,
  'logout.refused': true,
  'logout.sent': true,
  'logout.answered': true,
  'session.ended': true,
};

function isType(value: string): value is HappeningType {
  return Object.hasOwn(types, value);
}

export function readAuditEntry(row: Row): AuditEntry {
  return { id: row.id('id', auditId), ...readHappening(row, row.id('tenant_id', tenantId)) };
}

/** Reads a happening from its columns, or from the JSON of an outbox row: both name their members alike. */
export function readHappening(row: Row, tenant: Happening['tenantId']): Happening {
  const type = row.text('type');
  if (!isType(type)) throw new Error(`"${type}" is not a type of happening.`);
  const [before, after, data] = [row.json('before'), row.json('after'), row.optionalObject('data')];
  return {
    type,
    tenantId: tenant,
    at: row.date('at'),
    actor: readActor(row.object('actor')),
    subject: row.text('subject'),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(data && { data: data.record() }),
  };
}

function readTokenId(token: string): NonNullable<Actor['token']> {
  return directoryTokenId.is(token) ? token : apiTokenId.parse(token);
}

export function readActor(row: Row): Actor {
  const id = row.optionalText('id');
  const address = row.optionalText('address');
  const token = row.optionalText('token');
  return {
    kind: row.oneOf('kind', ['operator', 'member', 'person', 'system', 'directory']),
    ...(id !== undefined && { id }),
    ...(address !== undefined && { address }),
    ...(token !== undefined && { token: readTokenId(token) }),
  };
}
