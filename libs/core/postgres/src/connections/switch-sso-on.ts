import type { TenantTransaction } from '../transaction';

/** The first connection that is switched on switches single sign-on on for the tenant, as its policy says (ENF-1). */
export async function switchSsoOn(transaction: TenantTransaction): Promise<void> {
  await transaction.rows(
    `UPDATE tenants SET policy = jsonb_set(policy, '{sso}', policy -> 'ssoWhenEnabled')
     WHERE id = $1 AND policy ->> 'sso' = 'off'`,
    [transaction.tenantId],
  );
}
