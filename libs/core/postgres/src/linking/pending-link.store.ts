import {
  mostCodes,
  mostCodeTries,
  PendingLinkStore,
  tenantId as tenantIds,
  type Chance,
  type ConfirmedLink,
  type FlowId,
  type FreshCode,
  type KeyRing,
  type LinkingOutcome,
  type PendingLink,
  type PendingLinkId,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { leaving, requireLeft } from '../login/leave-flow';
import { queueMail } from '../mail/queue-mail';
import { allInTenant, inTenant, rowsInTenant, rowsOf, type Statement } from '../transaction';
import { linkPending } from './link-pending';
import { pendingLinkEntity } from './pending-link.entity';
import { readPendingLink } from './pending-link.row';

const pendingLinks = `SELECT ${columnsOf(pendingLinkEntity)} FROM pending_links WHERE tenant_id = $1`;

export class PostgresPendingLinkStore extends PendingLinkStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async hold(tenantId: TenantId, pending: PendingLink, ticketHash: string): Promise<void> {
    const statements = [inserting(pending), leaving(tenantId, pending.flowId, { ticketHash })];
    const [, left] = await allInTenant(this.database, tenantId, statements);
    requireLeft(pending.flowId, left);
  }

  findByFlow(tenantId: TenantId, flowId: FlowId): Promise<PendingLink | undefined> {
    return this.#one(tenantId, 'AND flow_id = $2', flowId);
  }

  async findAnywhere(id: PendingLinkId): Promise<PendingLink | undefined> {
    const [row] = await rowsOf(this.database, 'SELECT pending_link_anywhere($1) AS tenant_id', [id]);
    if (row?.optionalText('tenant_id') === undefined) return undefined;
    return this.#one(row.id('tenant_id', tenantIds), 'AND id = $2', id);
  }

  sendCode(tenantId: TenantId, id: PendingLinkId, { codeHash, mail }: FreshCode): Promise<'sent' | 'over'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const replaced = await transaction.row(
        `UPDATE pending_links SET code_hash = $3, codes = codes + 1
         WHERE tenant_id = $1 AND id = $2 AND linked_at IS NULL AND expires_at > $4 AND codes < $5 AND tries < $6
         RETURNING id`,
        [tenantId, id, codeHash, mail.createdAt, mostCodes, mostCodeTries],
      );
      if (!replaced) return 'over';
      await queueMail(transaction, mail, this.keyRing);
      return 'sent';
    });
  }

  async tryCode(
    tenantId: TenantId,
    id: PendingLinkId,
    codeHash: string,
    now: Date,
  ): Promise<'right' | 'wrong' | 'over'> {
    const [row] = await rowsInTenant(
      this.database,
      tenantId,
      `UPDATE pending_links SET tries = tries + 1
       WHERE tenant_id = $1 AND id = $2 AND linked_at IS NULL AND expires_at > $4 AND tries < $5
       RETURNING tries, code_hash IS NOT DISTINCT FROM $3 AS is_right`,
      [tenantId, id, codeHash, now, mostCodeTries],
    );
    if (!row) return 'over';
    if (row.flag('is_right')) return 'right';
    return row.integer('tries') < mostCodeTries ? 'wrong' : 'over';
  }

  link(tenantId: TenantId, id: PendingLinkId, confirmed: ConfirmedLink): Promise<LinkingOutcome> {
    const recording = { keyRing: this.keyRing, chance: this.chance };
    return inTenant(
      this.database,
      tenantId,
      (transaction) => linkPending(transaction, id, confirmed, recording),
      (outcome) => outcome === 'linked',
    );
  }

  async #one(tenantId: TenantId, condition: string, value: string): Promise<PendingLink | undefined> {
    const sql = `${pendingLinks} ${condition}`;
    return (await rowsInTenant(this.database, tenantId, sql, [tenantId, value])).map(readPendingLink)[0];
  }
}

function inserting(pending: PendingLink): Statement {
  const { id, tenantId, connectionId, flowId, cause, userId, email, issuer, subject, joining } = pending;
  return {
    sql: `INSERT INTO pending_links (id, tenant_id, connection_id, flow_id, cause, user_id, email, issuer, subject,
        identity_email, same_address, trust, joining, link_request_id, interaction_id, browser_key_hash, codes, tries,
        created_at, expires_at, linked_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
    values: [
      ...[id, tenantId, connectionId, flowId, cause, userId, email, issuer, subject],
      ...[pending.identityEmail, pending.sameAddress, pending.trust, joining && JSON.stringify(joining)],
      ...[pending.linkRequestId, pending.interactionId, pending.browserKeyHash, pending.codes, pending.tries],
      ...[pending.createdAt, pending.expiresAt, pending.linkedAt],
    ],
  };
}
