import {
  auditId,
  DeploymentAuditLog,
  type Chance,
  type DeploymentAuditEntry,
  type DeploymentHappening,
  type DeploymentHappeningType,
  type DeploymentTopic,
  type Page,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { notingOfDeployment } from '../deployment-transaction';
import type { Row } from '../row';
import { rowsOf } from '../transaction';
import { readActor } from './audit-entry.row';

export class PostgresDeploymentAuditLog extends DeploymentAuditLog {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async record(happening: DeploymentHappening): Promise<void> {
    const { sql, values } = notingOfDeployment(happening, this.chance);
    await rowsOf(this.database, sql, values);
  }

  async list(about: DeploymentTopic, { after, limit }: Page): Promise<DeploymentAuditEntry[]> {
    const rows = await rowsOf(
      this.database,
      `SELECT * FROM deployment_audit_entries
       WHERE split_part(type, '.', 1) = $3 AND ($1::text IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`,
      [after, limit, about],
    );
    return rows.map(readEntry);
  }
}

const types: Record<DeploymentHappeningType, true> = {
  'application.created': true,
  'application.changed': true,
  'saml_key.created': true,
  'saml_key.published': true,
  'saml_key.switched': true,
  'saml_key.retired': true,
  'mail.given_up': true,
  'task.given_up': true,
  'task.replayed': true,
  'credential.password_changed': true,
  'credential.password_reset': true,
  'credential.totp_added': true,
  'credential.totp_removed': true,
  'credential.passkey_added': true,
  'credential.passkey_removed': true,
  'credential.recovery_codes_replaced': true,
  'credential.recovery_code_used': true,
  'credential.factors_removed': true,
  'sign_in.failed': true,
  'sign_in.flood': true,
};

function isType(value: string): value is DeploymentHappeningType {
  return Object.hasOwn(types, value);
}

function readEntry(row: Row): DeploymentAuditEntry {
  const type = row.text('type');
  if (!isType(type)) throw new Error(`"${type}" is not a type of happening.`);
  const data = row.optionalObject('data');
  return {
    id: row.id('id', auditId),
    type,
    at: row.date('at'),
    actor: readActor(row.object('actor')),
    subject: row.text('subject'),
    ...(data && { data: data.record() }),
  };
}
