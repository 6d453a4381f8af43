import {
  sessionId,
  tenantId as tenantIds,
  type Actor,
  type Chance,
  type SessionId,
  type TenantId,
  type UserId,
} from '@gatehouse/core';
import type { DeploymentTransaction } from '../deployment-transaction';
import { noteAll } from '../note-all';

/** Which sessions end, and what is said of it. */
export interface EndedAnywhere {
  readonly user: UserId;
  /** The one that goes on. */
  readonly keep?: SessionId | undefined;
  readonly at: Date;
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
}

const ending = `UPDATE sessions SET ended_at = $3
  WHERE tenant_id = $1 AND user_id = $2 AND id IS DISTINCT FROM $4 AND ended_at IS NULL AND expires_at > $3
  RETURNING id`;

/** Tenant by tenant, each confined to its own rows: only where the person has sessions is looked up across them. */
export async function endSessionsAnywhere(
  { rows }: DeploymentTransaction,
  { user, keep, at, actor, data }: EndedAnywhere,
  chance: Chance,
): Promise<void> {
  const tenants = await rows('SELECT session_tenants_anywhere AS id FROM session_tenants_anywhere($1, $2)', [
    user,
    at,
  ]);
  for (const tenant of tenants.map((row) => row.id('id', tenantIds))) {
    await confine(rows, tenant);
    const ended = await rows(ending, [tenant, user, at, keep]);
    const facts = ended.map((row) => ({
      ...{ type: 'session.ended' as const, tenantId: tenant, at, actor, data },
      subject: row.id('id', sessionId),
    }));
    await noteAll({ tenantId: tenant, rows }, facts, chance);
  }
  await confine(rows, '');
}

async function confine(rows: DeploymentTransaction['rows'], tenant: TenantId | ''): Promise<void> {
  await rows("SELECT set_config('gatehouse.tenant', $1, true)", [tenant]);
}
