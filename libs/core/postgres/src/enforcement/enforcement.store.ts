import {
  emailKey,
  EnforcementStore,
  memberId,
  type Chance,
  type DryRun,
  type DryRunCounts,
  type DryRunPerson,
  type MemberStanding,
  type Page,
  type PolicyFacts,
  type PolicyWrite,
  type SignInPolicy,
  type TenantId,
  type Whom,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { inTenant, rowsInTenant } from '../transaction';
import { holdTenant, lookAtTenant } from './hold-tenant';
import { PostgresPolicyFacts } from './policy-facts';
import { membersOfClasses, oneStanding, readStanding } from './standing.row';

const ofDryRun = `FROM audit_entries a
  WHERE a.tenant_id = $1 AND a.at >= $2 AND a.at < $3 AND a.data ? 'wouldBeRefused'`;

export class PostgresEnforcementStore extends EnforcementStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  read<T>(tenantId: TenantId, work: (facts: PolicyFacts) => Promise<T>): Promise<T> {
    return inTenant(this.database, tenantId, async (transaction) =>
      work(new PostgresPolicyFacts(transaction, await lookAtTenant(transaction))),
    );
  }

  change(tenantId: TenantId, decide: (facts: PolicyFacts) => Promise<PolicyWrite>): Promise<SignInPolicy> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const tenant = await holdTenant(transaction, { closed: true });
      const write = await decide(new PostgresPolicyFacts(transaction, tenant));
      if (write === 'unchanged') return tenant.policy;
      await transaction.rows('UPDATE tenants SET policy = $2 WHERE id = $1', [tenantId, write.policy]);
      await transaction.note(write.because, this.chance);
      return write.policy;
    });
  }

  async members(
    tenantId: TenantId,
    classes: readonly string[],
    at: Date,
    { after, limit }: Page,
  ): Promise<readonly MemberStanding[]> {
    if (classes.length === 0) return [];
    const values = [tenantId, at, classes, after ?? '', limit];
    return (await rowsInTenant(this.database, tenantId, membersOfClasses, values)).map(readStanding);
  }

  async find(tenantId: TenantId, whom: Whom): Promise<MemberStanding | undefined> {
    const [id, email] = 'id' in whom ? [whom.id, null] : [null, emailKey(whom.email)];
    const values = [tenantId, id, email];
    return (await rowsInTenant(this.database, tenantId, oneStanding, values)).map(readStanding)[0];
  }

  async countDryRun(tenantId: TenantId, { since, until }: DryRun): Promise<DryRunCounts> {
    const [row] = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT count(*)::integer AS sign_ins, count(DISTINCT a.subject)::integer AS people ${ofDryRun}`,
      [tenantId, since, until],
    );
    return { signIns: row?.integer('sign_ins') ?? 0, people: row?.integer('people') ?? 0 };
  }

  async listDryRun(
    tenantId: TenantId,
    { since, until }: DryRun,
    { after, limit }: Page,
  ): Promise<readonly DryRunPerson[]> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT r.*, u.email FROM (
         SELECT a.subject, count(*)::integer AS sign_ins, max(a.at) AS last_at ${ofDryRun} AND a.subject > $4
         GROUP BY a.subject ORDER BY a.subject LIMIT $5) r
       LEFT JOIN members m ON m.tenant_id = $1 AND m.id = r.subject
       LEFT JOIN users u ON u.id = m.user_id
       ORDER BY r.subject`,
      [tenantId, since, until, after ?? '', limit],
    );
    return rows.map(readDryRunPerson);
  }
}

function readDryRunPerson(row: Row): DryRunPerson {
  const email = row.optionalText('email');
  return {
    memberId: row.id('subject', memberId),
    ...(email !== undefined && { email }),
    signIns: row.integer('sign_ins'),
    lastAt: row.date('last_at'),
  };
}
