import type { AuditId } from '../shared/ids';
import type { Page } from './audit-log';
import type { Actor } from './happening';

/** What can happen to the deployment as a whole. */
export type DeploymentHappeningType =
  | 'application.created'
  | 'application.changed'
  | 'saml_key.created'
  | 'saml_key.published'
  | 'saml_key.switched'
  | 'saml_key.retired'
  | 'mail.given_up'
  | 'task.given_up'
  | 'task.replayed'
  | 'credential.password_changed'
  | 'credential.password_reset'
  | 'credential.totp_added'
  | 'credential.totp_removed'
  | 'credential.passkey_added'
  | 'credential.passkey_removed'
  | 'credential.recovery_codes_replaced'
  | 'credential.recovery_code_used'
  | 'credential.factors_removed'
  | 'sign_in.failed'
  | 'sign_in.flood';

/** What it happens to: the first word of its type. */
export type DeploymentTopic = 'application' | 'saml_key' | 'mail' | 'task' | 'credential' | 'sign_in';

/** One fact that belongs to no tenant, written in the transaction that made it true. Never holds a secret. */
export interface DeploymentHappening {
  readonly type: DeploymentHappeningType;
  readonly at: Date;
  readonly actor: Actor;
  /** The ID of what it happened to. */
  readonly subject: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface DeploymentAuditEntry extends DeploymentHappening {
  readonly id: AuditId;
}

/** The append-only record of the deployment: what no tenant's record would hold. */
export abstract class DeploymentAuditLog {
  /** For facts that change nothing else, such as a password that was wrong. */
  abstract record(happening: DeploymentHappening): Promise<void>;
  /** Newest first. */
  abstract list(about: DeploymentTopic, page: Page): Promise<DeploymentAuditEntry[]>;
}
