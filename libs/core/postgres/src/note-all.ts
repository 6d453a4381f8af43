import { auditId, eventId, type Chance, type Happening } from '@gatehouse/core';
import type { Statement, TenantTransaction } from './transaction';

const writing = `WITH facts AS (
    SELECT audit, event, type, at, actor::jsonb, subject, before::jsonb, after::jsonb, data::jsonb, payload::jsonb
    FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::text[]) AS f (audit, event, type, at, actor, subject, before, after, data, payload)),
  audited AS (
    INSERT INTO audit_entries (id, tenant_id, type, at, actor, subject, before, after, data)
    SELECT audit, $1, type, at, actor, subject, before, after, data FROM facts)
  INSERT INTO outbox (id, tenant_id, type, payload, created_at, due_at, attempts)
  SELECT event, $1, type, payload, at, at, 0 FROM facts`;

/** What `note` does, of many facts of this tenant in one statement. */
export async function noteAll(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  facts: readonly Happening[],
  chance: Chance,
): Promise<void> {
  if (facts.length === 0) return;
  const { sql, values } = notingAll(transaction, facts, chance);
  await transaction.rows(sql, values);
}

/** The statement that `noteAll` runs. */
export function notingAll(
  { tenantId }: Pick<TenantTransaction, 'tenantId'>,
  facts: readonly Happening[],
  chance: Chance,
): Statement {
  const values = [
    tenantId,
    facts.map(({ at }) => auditId.create(at, chance)),
    facts.map(({ at }) => eventId.create(at, chance)),
    facts.map(({ type }) => type),
    facts.map(({ at }) => at.toISOString()),
    facts.map(({ actor }) => json(actor)),
    facts.map(({ subject }) => subject),
    facts.map(({ before }) => json(before)),
    facts.map(({ after }) => json(after)),
    facts.map(({ data }) => json(data)),
    facts.map(json),
  ];
  return { sql: writing, values };
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
