import {
  BreakGlassStore,
  type BreakGlassPerson,
  type Chance,
  type Happening,
  type MemberId,
  type Page,
  type Role,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { personColumns, readPerson } from '../members/member.row';
import type { Row } from '../row';
import { inTenant, rowsInTenant } from '../transaction';
import { breakGlassPeople, proving, stillProven } from './proven';

export class PostgresBreakGlassStore extends BreakGlassStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async people(
    tenantId: TenantId,
    roles: readonly Role[],
    { after, limit }: Page,
  ): Promise<readonly BreakGlassPerson[]> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT ${personColumns}, p.proven_at, ${stillProven} AS proven ${breakGlassPeople}
         AND m.id > $3 ORDER BY m.id LIMIT $4`,
      [tenantId, roles, after ?? '', limit],
    );
    return rows.map(readBreakGlassPerson);
  }

  prove(tenantId: TenantId, memberId: MemberId, provenAt: Date, because: Happening): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await transaction.rows(proving, [tenantId, memberId, provenAt]);
      await transaction.note(because, this.chance);
    });
  }
}

function readBreakGlassPerson(row: Row): BreakGlassPerson {
  const provenAt = row.optionalDate('proven_at');
  return { person: readPerson(row), ...(provenAt && { provenAt }), proven: row.flag('proven') };
}
