import type { MigrationInterface, QueryRunner } from 'typeorm';

function claim(chosen: string): string {
  return `CREATE OR REPLACE FUNCTION outbox_claim(most integer, moment timestamptz, lease interval) RETURNS SETOF public.outbox
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ ${chosen} $$`;
}

const due = `SELECT id FROM public.outbox WHERE due_at <= moment ORDER BY due_at, id LIMIT most FOR UPDATE SKIP LOCKED`;
const set = 'SET due_at = moment + lease, attempts = attempts + 1';

// A subquery with a limit may be run again for each row that it is compared with, and then claims more than that.
const once = `WITH claimed AS MATERIALIZED (${due})
  UPDATE public.outbox o SET due_at = moment + lease, attempts = o.attempts + 1 FROM claimed WHERE o.id = claimed.id RETURNING o.*`;
const before = `UPDATE public.outbox ${set} WHERE id IN (${due}) RETURNING *`;

/** A worker claims no more events than it asked for, whatever plan PostgreSQL chooses. */
export class ClaimEventsOnce1790000000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(claim(once));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(claim(before));
  }
}
