import {
  DomainCheckStore,
  type Chance,
  type CheckedDomain,
  type ClaimedDomain,
  type Happening,
  type KeyRing,
  type TenantId,
  type ToldOfDomain,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { tellOwners } from '../mail/tell-owners';
import { noteAll } from '../note-all';
import type { Row } from '../row';
import { inTenant, rowsOf, type TenantTransaction } from '../transaction';
import { violates } from '../unique-violation';
import { factsOf } from './domain-facts';
import { readDomain } from './domain.row';

// The lease says that it is still the look of who claimed it: a worker that was slower than its lease writes nothing.
const settling = `UPDATE domains SET verified_at = $4, missing = $5, lapsed_at = $6, next_check_at = $7, last_check = $8,
    accepted_token = coalesce($9, accepted_token, CASE WHEN verified_at IS NOT NULL THEN token END),
    proved_by = coalesce($10, proved_by), token = coalesce($11, token), token_expires_at = coalesce($12, token_expires_at)
  WHERE tenant_id = $1 AND id = $2 AND next_check_at = $3 RETURNING id`;

const releasing = `UPDATE domains SET lapsed_at = NULL, missing = NULL, accepted_token = NULL, proved_by = NULL,
    next_check_at = NULL, token_expires_at = least(token_expires_at, $4)
  WHERE tenant_id = $1 AND id = $2 AND next_check_at = $3 AND verified_at IS NULL RETURNING id`;

export class PostgresDomainCheckStore extends DomainCheckStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async claimAnywhere(most: number, now: Date, leasedUntil: Date): Promise<ClaimedDomain[]> {
    const sql = 'SELECT domain, held_elsewhere FROM domains_claim_anywhere($1, $2, $3)';
    return (await rowsOf(this.database, sql, [most, now, leasedUntil])).map((row) =>
      readClaimed(row, leasedUntil),
    );
  }

  async keepAnywhere(checked: readonly CheckedDomain[]): Promise<void> {
    if (checked.length === 0) return;
    const looks = JSON.stringify(checked.map(describeLook));
    await rowsOf(this.database, 'SELECT domains_keep_anywhere($1)', [looks]);
  }

  async settle(
    tenantId: TenantId,
    checked: CheckedDomain,
    told: ToldOfDomain,
  ): Promise<'settled' | 'stale' | 'claimed'> {
    try {
      return await inTenant(this.database, tenantId, async (transaction) => {
        if (!(await transaction.row(settling, settlingValues(tenantId, checked)))) return 'stale';
        await noteAll(transaction, told.because, this.chance);
        await this.#writeLetter(transaction, checked, told);
        return 'settled';
      });
    } catch (error) {
      if (violates(error, 'domains_verified_name')) return 'claimed';
      throw error;
    }
  }

  async release(tenantId: TenantId, { domain }: ClaimedDomain, because: Happening): Promise<void> {
    await inTenant(this.database, tenantId, async (transaction) => {
      const values = [tenantId, domain.id, domain.nextCheckAt, because.at];
      if (await transaction.row(releasing, values)) await transaction.note(because, this.chance);
    });
  }

  async #writeLetter(
    transaction: TenantTransaction,
    { claimed: { domain }, check }: CheckedDomain,
    { letter }: ToldOfDomain,
  ): Promise<void> {
    if (!letter) return;
    const message = letter(await factsOf(transaction, domain.name));
    await tellOwners(transaction, message, check.at, this.chance, this.keyRing);
  }
}

function readClaimed(row: Row, leasedUntil: Date): ClaimedDomain {
  const domain = { ...readDomain(row.object('domain')), nextCheckAt: leasedUntil };
  return { domain, heldElsewhere: row.flag('held_elsewhere') };
}

function describeLook({ claimed: { domain }, life, check, acceptedToken, provedBy }: CheckedDomain) {
  return {
    id: domain.id,
    leased_until: domain.nextCheckAt,
    last_check: check,
    missing: life.missing,
    next_check_at: life.nextCheckAt,
    accepted_token: acceptedToken,
    proved_by: provedBy,
  };
}

function settlingValues(
  tenantId: TenantId,
  { claimed: { domain }, life, check, acceptedToken, provedBy, renewed }: CheckedDomain,
): unknown[] {
  return [
    ...[tenantId, domain.id, domain.nextCheckAt],
    ...[life.verifiedAt, life.missing, life.lapsedAt, life.nextCheckAt, check],
    ...[acceptedToken, provedBy, renewed?.token, renewed?.tokenExpiresAt],
  ];
}
