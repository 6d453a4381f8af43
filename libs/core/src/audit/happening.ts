import type { ApiTokenId, DirectoryTokenId, TenantId } from '../shared/ids';

/**
 * Who did it; `address` is the network address it came from, `token` the token that was shown: an API token of a member's
 * program, or a token of the directory that `id` names.
 */
export interface Actor {
  readonly kind: 'operator' | 'member' | 'person' | 'system' | 'directory';
  readonly id?: string;
  readonly address?: string;
  readonly token?: ApiTokenId | DirectoryTokenId;
}

/** What can happen to a tenant, named as webhooks will name it. */
export type HappeningType =
  | 'tenant.created'
  | 'tenant.updated'
  | 'member.added'
  | 'member.role_changed'
  | 'member.suspended'
  | 'member.unsuspended'
  | 'member.removed'
  | 'member.readmitted'
  | 'member.sign_in_changed'
  | 'member.exempted'
  | 'member.exemption_ended'
  | 'members.sign_in_changed'
  | 'policy.changed'
  | 'policy.dry_run_started'
  | 'policy.dry_run_stopped'
  | 'break_glass.used'
  | 'break_glass.drill_started'
  | 'break_glass.drill_passed'
  | 'member.linked'
  | 'member.relinked'
  | 'member.unlinked'
  | 'member.link_requested'
  | 'members.link_requested'
  | 'member.profile_updated'
  | 'member.address_held'
  | 'invitation.created'
  | 'invitation.resent'
  | 'invitation.revoked'
  | 'invitation.opened'
  | 'invitation.accepted'
  | 'move.approved'
  | 'move.finished'
  | 'move.cancelled'
  | 'api_token.created'
  | 'api_token.revoked'
  | 'directory.created'
  | 'directory.updated'
  | 'directory.paused'
  | 'directory.resumed'
  | 'directory.deleted'
  | 'directory_token.created'
  | 'directory_token.revoked'
  | 'directory_token.expiring'
  | 'directory.removals_held'
  | 'directory.removals_approved'
  | 'directory.removals_refused'
  | 'role_mapping.created'
  | 'role_mapping.updated'
  | 'role_mapping.deleted'
  | 'role_mappings.reordered'
  | 'provisioned_person.created'
  | 'provisioned_person.updated'
  | 'provisioned_person.admitted'
  | 'provisioned_person.quarantined'
  | 'provisioned_person.deactivated'
  | 'provisioned_person.revived'
  | 'provisioned_person.deleted'
  | 'provisioned_person.role_held'
  | 'provisioned_group.created'
  | 'provisioned_group.updated'
  | 'provisioned_group.members_changed'
  | 'provisioned_group.deleted'
  | 'domain.added'
  | 'domain.verified'
  | 'domain.check_failed'
  | 'domain.token_renewed'
  | 'domain.proof_missed'
  | 'domain.lapsed'
  | 'domain.recovered'
  | 'domain.released'
  | 'domain.removed'
  | 'connection.created'
  | 'connection.updated'
  | 'connection.tested'
  | 'connection.enabled'
  | 'connection.disabled'
  | 'connection.made_primary'
  | 'connection.deleted'
  | 'connection.restored'
  | 'connection.purged'
  | 'connection.version_proposed'
  | 'connection.version_promoted'
  | 'connection.version_rolled_back'
  | 'connection.version_discarded'
  | 'certificate.added'
  | 'certificate.removed'
  | 'certificate.expiring'
  | 'certificate.expired'
  | 'metadata.refused'
  | 'sign_in.succeeded'
  | 'sign_in.refused'
  | 'sign_in.arrived'
  | 'logout.received'
  | 'logout.refused'
  | 'logout.sent'
  | 'logout.answered'
  | 'session.ended';

/** One fact, written to the audit log and the outbox in the transaction that made it true. Never holds a secret. */
export interface Happening {
  readonly type: HappeningType;
  readonly tenantId: TenantId;
  readonly at: Date;
  readonly actor: Actor;
  /** The ID of what it happened to. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly data?: Readonly<Record<string, unknown>>;
}
