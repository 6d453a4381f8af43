import {
  claimedExternalId,
  directoryId,
  emailKey,
  ProvisionedMatches,
  type ConnectionId,
  type DirectoryId,
  type PairedIdentity,
  type Pairing,
  type ProvisionedMatch,
  type TenantId,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { anything } from '../credentials/can-sign-in';
import { personColumns, readPerson } from '../members/member.row';
import type { Row } from '../row';
import { rowsInTenant, type TenantTransaction } from '../transaction';
import { readDirectory } from './directory.row';

/**
 * Whether a directory brought the user `u` of `directory_people p` into being, wants it in, and nobody set the account up
 * since. An account of two organisations is no longer one directory's to hand out.
 */
const isFresh = `(p.brought AND p.standing = 'admitted' AND NOT (${anything})
  AND NOT EXISTS (SELECT FROM links l WHERE l.tenant_id = $1 AND l.user_id = u.id)
  AND NOT user_is_elsewhere_anywhere(u.id, $1))`;

/**
 * Whether the directory's word keeps the person of `directory_people p` out. Of whom it once let in, the member and the memory
 * of who was removed know more: an owner may have decided otherwise since.
 */
const isOut = `CASE WHEN p.user_id IS NULL THEN p.standing IN ('deactivated', 'removed')
  WHEN m.id IS NOT NULL THEN m.suspended_at IS NOT NULL
    AND (m.suspended_by IS NOT NULL OR m.email_key IS DISTINCT FROM p.email_key)
  ELSE EXISTS (SELECT FROM removed_members r WHERE r.tenant_id = $1 AND r.user_id = p.user_id) END`;

const matching = `SELECT p.directory_id, p.email, p.external_id, p.email_key IS NOT DISTINCT FROM u.email_key AS own_address,
    ${isOut} AS is_out, coalesce(${isFresh}, false) AS is_fresh, ${personColumns}
  FROM directory_people p
  LEFT JOIN members m ON m.tenant_id = $1 AND m.id = p.member_id
  LEFT JOIN users u ON u.id = m.user_id
  WHERE p.tenant_id = $1 AND (p.email_key = $2
    OR (p.external_id, p.directory_id) IN (SELECT id, directory FROM unnest($3::text[], $4::text[]) AS w (id, directory)))
  ORDER BY p.standing = 'admitted' DESC, p.id LIMIT 50`;

/** How one directory tells whose an identity is, and whether it is asked of this connection's. */
interface Rule {
  readonly id: DirectoryId;
  readonly pairing: Pairing;
  readonly applies: boolean;
  readonly claimed?: string | undefined;
}

export class PostgresProvisionedMatches extends ProvisionedMatches {
  constructor(private readonly database: DataSource) {
    super();
  }

  async find(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: PairedIdentity,
  ): Promise<readonly ProvisionedMatch[]> {
    const rules = await this.#rules(tenantId, connectionId, identity);
    if (rules.size === 0) return [];
    const claims = [...rules.values()].filter(({ claimed }) => claimed !== undefined);
    const rows = await rowsInTenant(this.database, tenantId, matching, [
      ...[tenantId, identity.email === undefined ? null : emailKey(identity.email)],
      claims.map(({ claimed }) => claimed),
      claims.map(({ id }) => id),
    ]);
    return rows.flatMap((row) => {
      const rule = rules.get(row.id('directory_id', directoryId));
      return rule ? [readMatch(row, rule)] : [];
    });
  }

  async #rules(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: PairedIdentity,
  ): Promise<ReadonlyMap<DirectoryId, Rule>> {
    const sql = 'SELECT to_jsonb(d) AS directory FROM directories d WHERE d.tenant_id = $1';
    const rows = await rowsInTenant(this.database, tenantId, sql, [tenantId]);
    const rules = rows.map((row): Rule => {
      const { id, pairing, connectionId: only = connectionId } = readDirectory(row.object('directory'));
      const applies = only === connectionId;
      return { id, pairing, applies, claimed: applies ? claimedExternalId(pairing, identity) : undefined };
    });
    return new Map(rules.map((rule) => [rule.id, rule]));
  }
}

function readMatch(row: Row, { pairing, applies, claimed }: Rule): ProvisionedMatch {
  const email = row.optionalText('email');
  const byId = claimed !== undefined && row.optionalText('external_id') === claimed;
  return {
    paired: applies && (pairing.by === 'email' ? row.flag('own_address') : byId),
    ...(email !== undefined && { email }),
    isOut: row.flag('is_out'),
    ...(row.optionalObject('member') && { person: readPerson(row) }),
    isFresh: row.flag('is_fresh'),
  };
}

/** Asked once more in the transaction that links the account without asking anybody. */
export async function isFreshAccount(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  userId: UserId,
): Promise<boolean> {
  const rows = await transaction.rows(
    `SELECT u.id FROM directory_people p JOIN users u ON u.id = p.user_id
     WHERE p.tenant_id = $1 AND p.user_id = $2 AND ${isFresh} LIMIT 1`,
    [transaction.tenantId, userId],
  );
  return rows.length > 0;
}

/** Asked once more in the transaction that makes a member of whom no person of the tenant spoke for. */
export async function isDeprovisioned(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  email: string,
): Promise<boolean> {
  const rows = await transaction.rows(
    `SELECT p.tenant_id FROM directory_people p LEFT JOIN members m ON m.tenant_id = $1 AND m.id = p.member_id
     WHERE p.tenant_id = $1 AND p.email_key = $2
     GROUP BY p.tenant_id HAVING bool_or(${isOut}) AND NOT bool_or(m.id IS NOT NULL AND m.suspended_at IS NULL)`,
    [transaction.tenantId, emailKey(email)],
  );
  return rows.length > 0;
}
