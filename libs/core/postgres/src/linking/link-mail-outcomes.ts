import {
  clipText,
  MailOutcomes,
  tenantId as tenantIds,
  type LinkRequestId,
  type OutgoingMail,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsInTenant, rowsOf } from '../transaction';

const longestReason = 300;

/** What became of the letters that ask to link; those of any other kind are nobody's here (LNK-4). */
export class PostgresLinkMailOutcomes extends MailOutcomes {
  constructor(private readonly database: DataSource) {
    super();
  }

  async delivered({ message }: OutgoingMail, at: Date): Promise<void> {
    if (message.kind !== 'link-request') return;
    const sql = `UPDATE link_requests SET sent_at = $3 WHERE tenant_id = $1 AND id = $2 AND sent_at IS NULL`;
    await this.#write(message.requestId, sql, [at]);
  }

  async bounced({ message }: OutgoingMail, reason: string, at: Date): Promise<void> {
    if (message.kind !== 'link-request') return;
    const sql = `UPDATE link_requests SET bounced_at = $3, bounce_reason = $4
      WHERE tenant_id = $1 AND id = $2 AND bounced_at IS NULL`;
    await this.#write(message.requestId, sql, [at, clipText(reason, longestReason)]);
  }

  /** The request may be gone with its member: then nobody waits for word of it. */
  async #write(id: LinkRequestId, sql: string, values: unknown[]): Promise<void> {
    const [row] = await rowsOf(this.database, 'SELECT link_request_tenant_anywhere($1) AS tenant_id', [id]);
    if (row?.optionalText('tenant_id') === undefined) return;
    const tenantId = row.id('tenant_id', tenantIds);
    await rowsInTenant(this.database, tenantId, sql, [tenantId, id, ...values]);
  }
}
