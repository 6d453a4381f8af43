import {
  memberId,
  MemberSettingStore,
  memberSsoChoices,
  type Chance,
  type Exemption,
  type Happening,
  type ListedMembers,
  type Member,
  type MemberId,
  type MemberSso,
  type Person,
  type SettingOutcome,
  type Tenant,
  type TenantId,
  type WantedSetting,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { personColumns, readPerson } from '../members/member.row';
import { inTenant, type TenantTransaction } from '../transaction';
import { holdTenant } from './hold-tenant';
import { isLinked } from './standing.row';

// $2 lists members, or is null for all of them.
const listed = 'm.tenant_id = $1 AND ($2::text[] IS NULL OR m.id = ANY ($2))';

export class PostgresMemberSettingStore extends MemberSettingStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  setSso(
    tenantId: TenantId,
    wanted: WantedSetting,
    permit: (tenant: Tenant) => void,
    because: (outcome: SettingOutcome) => Happening,
  ): Promise<SettingOutcome | { readonly absent: readonly MemberId[] }> {
    return inTenant(this.database, tenantId, async (transaction) => {
      permit(await holdTenant(transaction));
      const absent = await findAbsent(transaction, wanted.listed);
      if (absent.length > 0) return { absent };
      const before = await writeSso(transaction, wanted);
      const changed = memberSsoChoices.reduce((sum, each) => sum + before[each], 0);
      const left = wanted.butOwners ? await whatIsLeft(transaction, wanted.listed) : nothingLeft;
      const outcome = { changed, before, ...left };
      if (changed > 0) await transaction.note(because(outcome), this.chance);
      return outcome;
    });
  }

  setExemption(
    tenantId: TenantId,
    id: MemberId,
    exemption: Exemption | undefined,
    because: (before: Member) => Happening,
  ): Promise<Person | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await holdTenant(transaction);
      const row = await transaction.row(
        `SELECT ${personColumns} FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND m.id = $2`,
        [tenantId, id],
      );
      if (!row) return undefined;
      const { user, member: before } = readPerson(row);
      const { exemption: had, ...rest } = before;
      if (!had && !exemption) return { user, member: before };
      const fact = because(before);
      await transaction.rows('UPDATE members SET exemption = $3 WHERE tenant_id = $1 AND id = $2', [
        ...[tenantId, id, exemption],
      ]);
      await transaction.note(fact, this.chance);
      return { user, member: { ...rest, ...(exemption && { exemption }) } };
    });
  }
}

const nothingLeft = { unlinked: 0, owners: { members: 0, first: [] } };

async function findAbsent(transaction: TenantTransaction, whom: ListedMembers): Promise<MemberId[]> {
  if (whom === 'all') return [];
  const rows = await transaction.rows('SELECT id FROM members WHERE tenant_id = $1 AND id = ANY ($2)', [
    ...[transaction.tenantId, whom],
  ]);
  const there = new Set(rows.map((row) => row.text('id')));
  return whom.filter((id) => !there.has(id));
}

/** How many members had which other setting. */
async function writeSso(
  transaction: TenantTransaction,
  { listed: whom, sso, butOwners }: WantedSetting,
): Promise<Record<MemberSso, number>> {
  const rows = await transaction.rows(
    `WITH before AS (
       SELECT m.id, m.sso FROM members m
       WHERE ${listed} AND m.sso <> $3 AND NOT ($4 AND m.role = 'owner') FOR UPDATE),
     written AS (
       UPDATE members m SET sso = $3 FROM before b WHERE m.tenant_id = $1 AND m.id = b.id RETURNING b.sso)
     SELECT sso, count(*)::integer AS members FROM written GROUP BY sso`,
    [transaction.tenantId, toArray(whom), sso, butOwners],
  );
  const counts: Record<MemberSso, number> = { inherit: 0, sso: 0, password: 0 };
  for (const row of rows) counts[row.oneOf('sso', memberSsoChoices)] = row.integer('members');
  return counts;
}

/** Of those listed, who cannot come in by single sign-on yet, and who was left out. */
async function whatIsLeft(
  transaction: TenantTransaction,
  whom: ListedMembers,
): Promise<Pick<SettingOutcome, 'unlinked' | 'owners'>> {
  const values = [transaction.tenantId, toArray(whom)];
  const unlinked = await transaction.row(
    `SELECT count(*)::integer AS members FROM members m WHERE ${listed} AND m.sso = 'sso' AND NOT ${isLinked}`,
    values,
  );
  const owners = await transaction.rows(
    `SELECT m.id, u.email, (count(*) OVER ())::integer AS members FROM members m JOIN users u ON u.id = m.user_id
     WHERE ${listed} AND m.role = 'owner' ORDER BY m.id LIMIT 20`,
    values,
  );
  const first = owners.map((row) => ({ memberId: row.id('id', memberId), email: row.text('email') }));
  return {
    unlinked: unlinked?.integer('members') ?? 0,
    owners: { members: owners[0]?.integer('members') ?? 0, first },
  };
}

function toArray(whom: ListedMembers): readonly MemberId[] | null {
  return whom === 'all' ? null : whom;
}
