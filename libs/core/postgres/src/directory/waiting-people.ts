import {
  directoryPersonId,
  WaitingPeopleStore,
  type Chance,
  type Directory,
  type DirectoryPersonId,
  type Happening,
  type KeyRing,
  type RemovalHold,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { noteAll } from '../note-all';
import type { Row } from '../row';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { readDirectory } from './directory.row';
import { provisionedColumns, readProvisionedPerson } from './provisioned-person.row';
import { settlePerson } from './settle-person';
import type { PersonChange } from './settlement';

const anybody = `SELECT EXISTS (SELECT FROM directory_people WHERE tenant_id = $1 AND quarantined_for IS NOT NULL)
  OR EXISTS (SELECT FROM removal_holds h JOIN directory_people p ON p.held_by = h.id WHERE h.tenant_id = $1) AS waits`;

// Those for whom the reason is another one by now, or none; it is the settling that says what follows from that.
const due = `SELECT p.id FROM directory_people p
  LEFT JOIN users u ON u.id = coalesce(p.user_id, (SELECT id FROM users WHERE email_key = p.email_key))
  LEFT JOIN members m ON m.tenant_id = $1 AND m.user_id = u.id
  WHERE p.tenant_id = $1 AND p.quarantined_for IS NOT NULL AND p.quarantined_for IS DISTINCT FROM CASE
    WHEN p.email_key IS NULL THEN 'no_email'
    WHEN NOT EXISTS (SELECT FROM domains d WHERE d.tenant_id = $1 AND d.verified_at IS NOT NULL
      AND d.name = split_part(p.email_key, '@', -1)) THEN 'email_domain_not_verified'
    WHEN m.id IS NOT NULL THEN CASE WHEN EXISTS (SELECT FROM directory_people o
      WHERE o.tenant_id = $1 AND o.member_id = m.id) THEN 'provisioned_otherwise' END
    WHEN EXISTS (SELECT FROM removed_members r WHERE r.tenant_id = $1
      AND (r.user_id = u.id OR r.email_key = p.email_key)
      AND NOT (r.removed_by ->> 'kind' = 'directory' AND r.removed_by ->> 'id' = p.directory_id)) THEN 'member_removed'
  END
  UNION
  SELECT p.id FROM removal_holds h JOIN directory_people p ON p.tenant_id = $1 AND p.held_by = h.id
  WHERE h.tenant_id = $1 AND h.decision IS NOT NULL
  ORDER BY id`;

const locking = `SELECT ${provisionedColumns}, to_jsonb(d) AS directory,
    (SELECT h.decision FROM removal_holds h WHERE h.tenant_id = $1 AND h.id = p.held_by) AS verdict
  FROM directory_people p JOIN directories d ON d.tenant_id = $1 AND d.id = p.directory_id
  WHERE p.tenant_id = $1 AND p.id = ANY ($2) AND (p.quarantined_for IS NOT NULL OR p.held_by IS NOT NULL) ORDER BY p.id FOR NO KEY UPDATE OF p`;

export class PostgresWaitingPeople extends WaitingPeopleStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async any(tenantId: TenantId): Promise<boolean> {
    const [row] = await rowsInTenant(this.database, tenantId, anybody, [tenantId]);
    return row?.flag('waits') ?? false;
  }

  async due(tenantId: TenantId): Promise<DirectoryPersonId[]> {
    const rows = await rowsInTenant(this.database, tenantId, due, [tenantId]);
    return rows.map((row) => row.id('id', directoryPersonId));
  }

  settle(tenantId: TenantId, people: readonly DirectoryPersonId[], now: Date): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(locking, [tenantId, people]);
      await noteAll(transaction, await this.#settleAll(transaction, rows, now), this.chance);
    });
  }

  async #settleAll(transaction: TenantTransaction, rows: readonly Row[], at: Date): Promise<Happening[]> {
    const happenings: Happening[] = [];
    for (const row of rows) {
      const directory = readDirectory(row.object('directory'));
      const change = { ...describeAgain(row, directory), at, chance: this.chance, keyRing: this.keyRing };
      happenings.push(...(await settlePerson(transaction, change)));
    }
    return happenings;
  }
}

/** What the directory said last, as a word of its own: who is brought back, or removed, is so by the directory. */
function describeAgain(row: Row, directory: Directory): Omit<PersonChange, 'at' | 'chance' | 'keyRing'> {
  const before = readProvisionedPerson(row);
  const deleted = before.deletedAt !== undefined;
  const verdict = readVerdict(row);
  const actor = { kind: 'directory', id: directory.id } as const;
  return { directory, id: before.id, before, after: before, deleted, actor, waited: { verdict } };
}

function readVerdict(row: Row): RemovalHold['decision'] {
  if (row.optionalText('verdict') === undefined) return undefined;
  return row.oneOf('verdict', ['approved', 'refused']);
}
