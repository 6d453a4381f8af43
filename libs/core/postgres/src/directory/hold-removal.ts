import { removalHoldId, type Happening, type RemovalHoldId } from '@gatehouse/core';
import { tellOwners } from '../mail/tell-owners';
import type { TenantTransaction } from '../transaction';
import { because, type PersonChange } from './settlement';

// Of one directory and reason there is one open hold: whoever writes the same waits here, and gets that one.
const holding = `INSERT INTO removal_holds (id, tenant_id, directory_id, reason, opened_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (directory_id, reason) WHERE decision IS NULL DO UPDATE SET reason = excluded.reason RETURNING id`;

/** Keeps the person a member until an owner decides. The owners are told of the first whom a hold concerns. */
export async function holdRemoval(
  transaction: TenantTransaction,
  change: PersonChange,
  organisation: string,
  lastOwner?: string,
): Promise<{ heldBy: RemovalHoldId; happenings: Happening[] }> {
  const { directory, at, chance, keyRing } = change;
  const id = removalHoldId.create(at, chance);
  const reason = lastOwner === undefined ? 'too-many' : 'last-owner';
  const row = await transaction.row(holding, [id, transaction.tenantId, directory.id, reason, at]);
  const heldBy = row?.id('id', removalHoldId) ?? id;
  if (heldBy !== id) return { heldBy, happenings: [] };
  const named = lastOwner === undefined ? {} : { lastOwner };
  const message = { kind: 'removals-held', organisation, directory: directory.name, ...named } as const;
  await tellOwners(transaction, message, at, chance, keyRing);
  const data = { holdId: id, reason };
  return {
    heldBy,
    happenings: [because(change, { type: 'directory.removals_held', subject: directory.id, data })],
  };
}
