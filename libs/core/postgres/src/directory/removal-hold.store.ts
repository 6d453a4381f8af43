import {
  RemovalHoldStore,
  type Chance,
  type DirectoryId,
  type Happening,
  type HoldDecision,
  type HoldOutcome,
  type Page,
  type ProvisionedPerson,
  type RemovalHold,
  type RemovalHoldId,
  type TenantId,
  type WaitingHold,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { provisionedColumns, readProvisionedPerson } from './provisioned-person.row';
import { readWaitingHold, waitingHolds } from './removal-hold.row';

// Who is held cannot be counted upon to own the tenant once they are gone.
const otherOwner = `SELECT m.id FROM members m WHERE m.tenant_id = $1 AND m.role = 'owner' AND m.suspended_at IS NULL
  AND NOT EXISTS (SELECT FROM directory_people p WHERE p.tenant_id = $1 AND p.held_by = $2 AND p.member_id = m.id) LIMIT 1`;

export class PostgresRemovalHoldStore extends RemovalHoldStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async list(tenantId: TenantId, directory: DirectoryId, { after, limit }: Page): Promise<WaitingHold[]> {
    const sql = `${waitingHolds} AND h.directory_id = $2 AND ($3::text IS NULL OR h.id < $3) ORDER BY h.id DESC LIMIT $4`;
    const values = [tenantId, directory, after ?? null, limit];
    return (await rowsInTenant(this.database, tenantId, sql, values)).map(readWaitingHold);
  }

  async find(tenantId: TenantId, id: RemovalHoldId): Promise<WaitingHold | undefined> {
    const rows = await rowsInTenant(this.database, tenantId, `${waitingHolds} AND h.id = $2`, [tenantId, id]);
    return rows.map(readWaitingHold)[0];
  }

  async people(tenantId: TenantId, id: RemovalHoldId, { after, limit }: Page): Promise<ProvisionedPerson[]> {
    const sql = `SELECT ${provisionedColumns} FROM directory_people p
      WHERE p.tenant_id = $1 AND p.held_by = $2 AND p.id > $3 ORDER BY p.id LIMIT $4`;
    const rows = await rowsInTenant(this.database, tenantId, sql, [tenantId, id, after ?? '', limit]);
    return rows.map(readProvisionedPerson);
  }

  decide(
    tenantId: TenantId,
    id: RemovalHoldId,
    { decision, seen }: HoldDecision,
    because: Happening,
  ): Promise<HoldOutcome> {
    return inTenant<HoldOutcome>(this.database, tenantId, async (transaction) => {
      const sql =
        'SELECT reason, decision FROM removal_holds WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE';
      const row = await transaction.row(sql, [tenantId, id]);
      if (!row) return 'absent';
      if (row.optionalText('decision') !== undefined) return 'decided-before';
      if (seen !== undefined && (await countWaiting(transaction, id)) !== seen) return 'others';
      const takesOwner = decision === 'approved' && row.text('reason') === 'last-owner';
      if (takesOwner && !(await transaction.row(otherOwner, [tenantId, id]))) return 'last-owner';
      await write(transaction, id, decision, because);
      await transaction.note(because, this.chance);
      return 'decided';
    });
  }
}

/** The hold is locked: whoever comes to wait in it locks it as well, and waits for this. */
async function countWaiting(transaction: TenantTransaction, id: RemovalHoldId): Promise<number> {
  const sql =
    'SELECT count(*)::integer AS waiting FROM directory_people WHERE tenant_id = $1 AND held_by = $2';
  return (await transaction.row(sql, [transaction.tenantId, id]))?.integer('waiting') ?? 0;
}

async function write(
  transaction: TenantTransaction,
  id: RemovalHoldId,
  decision: NonNullable<RemovalHold['decision']>,
  { at, actor }: Happening,
): Promise<void> {
  await transaction.rows(
    'UPDATE removal_holds SET decision = $3, decided_at = $4, decided_by = $5 WHERE tenant_id = $1 AND id = $2',
    [transaction.tenantId, id, decision, at, JSON.stringify(actor)],
  );
}
