import {
  SignInTraceStore,
  type Chance,
  type Happening,
  type Page,
  type SignInTrace,
  type TenantId,
  type TraceFilter,
  type TraceId,
  type TraceSummary,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { allInTenant, inTenant, noting, unsynced, type Statement } from '../transaction';
import { readTrace, readTraceSummary } from './sign-in-trace.row';

export class PostgresSignInTraceStore extends SignInTraceStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async record(trace: SignInTrace): Promise<void> {
    await allInTenant(this.database, trace.tenantId, [unsynced, inserting(trace)]);
  }

  async recordRefused(trace: SignInTrace, because: Happening): Promise<void> {
    await allInTenant(this.database, trace.tenantId, [inserting(trace), noting(because, this.chance)]);
  }

  find(tenantId: TenantId, id: TraceId): Promise<SignInTrace | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = 'SELECT * FROM sign_in_traces WHERE tenant_id = $1 AND id = $2';
      const row = await transaction.row(sql, [tenantId, id]);
      return row && readTrace(row);
    });
  }

  list(tenantId: TenantId, filter: TraceFilter, { after, limit }: Page): Promise<TraceSummary[]> {
    const { where, values } = conditions(filter);
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(
        `SELECT ${summaryColumns} FROM sign_in_traces
         WHERE tenant_id = $1 AND ($2::text IS NULL OR id < $2) ${where} ORDER BY id DESC LIMIT $3`,
        [tenantId, after, limit, ...values],
      );
      return rows.map(readTraceSummary);
    });
  }
}

const summaryColumns = `id, tenant_id, connection_id, purpose, reference, at, outcome, code, total_ms,
  certificate_fingerprint, subject, email, in_response_to, address, user_agent`;

// The request that an answer names tells what it was for, even where the answer itself was refused at once.
function inserting(trace: SignInTrace): Statement {
  return {
    sql: `INSERT INTO sign_in_traces (tenant_id, id, connection_id, purpose, reference, at, outcome, code, total_ms, checks,
       certificate_fingerprint, subject, email, in_response_to, attributes, response, address, user_agent)
     VALUES ($1, $2, $3,
       coalesce($4, (SELECT purpose FROM login_flows WHERE tenant_id = $1 AND connection_id = $3 AND request_id = $14)),
       $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    values: [
      ...[trace.tenantId, trace.id, trace.connectionId, trace.purpose, trace.reference, trace.at],
      ...[trace.outcome, trace.code, trace.totalMs, JSON.stringify(trace.checks)],
      ...[trace.certificateFingerprint, trace.subject, trace.email?.toLowerCase(), trace.inResponseTo],
      ...[JSON.stringify(trace.attributes), trace.response, trace.address, trace.userAgent],
    ],
  };
}

/** Each wanted condition, its value in the place after those that every list has. */
function conditions(filter: TraceFilter): { where: string; values: unknown[] } {
  const wanted: [string, unknown][] = [
    ['connection_id =', filter.connectionId],
    ['purpose =', filter.purpose],
    ['outcome =', filter.outcome],
    ['code =', filter.code],
    ['email =', filter.email?.toLowerCase()],
    ['reference =', filter.reference],
    ['at >=', filter.from],
    ['at <', filter.to],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const where = given.map(([condition], index) => `AND ${condition} $${index + 4}`).join(' ');
  return { where, values: given.map(([, value]) => value) };
}
