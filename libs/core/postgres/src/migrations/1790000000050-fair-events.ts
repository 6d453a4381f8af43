import type { MigrationInterface, QueryRunner } from 'typeorm';

function claim(statement: string): string {
  return `CREATE OR REPLACE FUNCTION outbox_claim(most integer, moment timestamptz, lease interval) RETURNS SETOF public.outbox
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ ${statement} $$`;
}

const update = `UPDATE public.outbox o SET due_at = moment + lease, attempts = o.attempts + 1
  FROM claimed WHERE o.id = claimed.id RETURNING o.*`;

// From tenant to tenant by the index, however many events each has. Those whose oldest event waits longest come first, each with
// its share of the batch, so that no more rows are locked than are claimed.
const fair = `WITH RECURSIVE tenant AS (
    (SELECT tenant_id FROM public.outbox ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT o.tenant_id FROM public.outbox o WHERE o.tenant_id > t.tenant_id ORDER BY o.tenant_id LIMIT 1)
    FROM tenant t WHERE t.tenant_id IS NOT NULL
  ), waiting AS MATERIALIZED (
    SELECT t.tenant_id FROM tenant t CROSS JOIN LATERAL (
      SELECT o.due_at FROM public.outbox o WHERE o.tenant_id = t.tenant_id AND o.due_at <= moment
      ORDER BY o.due_at, o.id LIMIT 1) oldest
    ORDER BY oldest.due_at LIMIT most
  ), claimed AS MATERIALIZED (
    SELECT due.id FROM waiting w CROSS JOIN LATERAL (
      SELECT o.id FROM public.outbox o WHERE o.tenant_id = w.tenant_id AND o.due_at <= moment
      ORDER BY o.due_at, o.id LIMIT (SELECT most / count(*) FROM waiting) FOR UPDATE SKIP LOCKED) due
  ) ${update}`;

const before = `WITH claimed AS MATERIALIZED (
    SELECT id FROM public.outbox WHERE due_at <= moment ORDER BY due_at, id LIMIT most FOR UPDATE SKIP LOCKED
  ) ${update}`;

/** One tenant's 100,000 events keep nobody else's one waiting (WRK-1). */
export class FairEvents1790000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX outbox_tenant_due ON outbox (tenant_id, due_at, id)');
    await runner.query('DROP INDEX outbox_due');
    await runner.query(claim(fair));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(claim(before));
    await runner.query('CREATE INDEX outbox_due ON outbox (due_at, id)');
    await runner.query('DROP INDEX outbox_tenant_due');
  }
}
