import {
  refuseWhileNeeded,
  type Chance,
  type ConnectionId,
  type Happening,
  type SsoMode,
  type Tenant,
} from '@gatehouse/core';
import { lookAtTenant } from '../enforcement/hold-tenant';
import { countOnSso } from '../members/count-on-sso';
import type { TenantTransaction } from '../transaction';

/** The first connection that is switched on switches single sign-on on for the tenant, as its policy says (ENF-1). */
export async function switchSsoOn(
  transaction: TenantTransaction,
  id: ConnectionId,
  because: Happening,
  chance: Chance,
): Promise<void> {
  const tenant = await lookAtTenant(transaction);
  if (tenant.policy.sso !== 'off' || (await anotherIsOn(transaction, id))) return;
  await writeSso(transaction, tenant, tenant.policy.ssoWhenEnabled, because, chance);
}

/**
 * The last connection that is switched off or removed takes single sign-on along. Throws `sso_still_required` or
 * `members_on_sso` where that is needed still (TEN-10): the tenant is locked, so that it stays so until the end.
 */
export async function switchSsoOff(
  transaction: TenantTransaction,
  id: ConnectionId,
  because: Happening,
  chance: Chance,
): Promise<void> {
  const tenant = await lookAtTenant(transaction);
  if (tenant.policy.sso === 'off' || (await anotherIsOn(transaction, id))) return;
  refuseWhileNeeded(tenant.policy, await countOnSso(transaction));
  await writeSso(transaction, tenant, 'off', because, chance);
}

async function anotherIsOn(transaction: TenantTransaction, id: ConnectionId): Promise<boolean> {
  const other = await transaction.row(
    `SELECT id FROM connections
     WHERE tenant_id = $1 AND id <> $2 AND enabled_at IS NOT NULL AND deleted_at IS NULL LIMIT 1`,
    [transaction.tenantId, id],
  );
  return other !== undefined;
}

async function writeSso(
  transaction: TenantTransaction,
  { id, policy: before }: Tenant,
  sso: SsoMode,
  { at, actor }: Happening,
  chance: Chance,
): Promise<void> {
  const after = { ...before, sso };
  await transaction.rows('UPDATE tenants SET policy = $2 WHERE id = $1', [id, after]);
  const what = { type: 'policy.changed', tenantId: id, subject: id } as const;
  await transaction.note({ ...what, at, actor, before, after }, chance);
}
