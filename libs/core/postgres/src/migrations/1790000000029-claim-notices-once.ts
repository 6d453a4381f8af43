import type { MigrationInterface, QueryRunner } from 'typeorm';

function claim(chosen: string): string {
  return `CREATE OR REPLACE FUNCTION logout_notices_claim(most integer, moment timestamptz, lease interval)
  RETURNS TABLE (session_id text, application_id text, user_id text, attempts integer, uri text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ ${chosen} $$`;
}

const due = `
      SELECT due.session_id, due.application_id, a.backchannel_logout_uri AS uri
      FROM public.applications a
      CROSS JOIN LATERAL (
        SELECT w.session_id, w.application_id FROM public.logout_notices w
        WHERE w.application_id = a.id AND w.due_at <= moment AND w.expires_at > moment
        ORDER BY w.due_at LIMIT most FOR UPDATE SKIP LOCKED) due
      WHERE a.backchannel_logout_uri IS NOT NULL`;

const set = 'UPDATE public.logout_notices n SET due_at = moment + lease, attempts = n.attempts + 1';
const these = `WHERE n.session_id = claimed.session_id AND n.application_id = claimed.application_id
    RETURNING n.session_id, n.application_id, n.user_id, n.attempts, claimed.uri`;

// A subquery with a limit may be run again for each row that it is joined with, and then claims more than that.
const once = `WITH claimed AS MATERIALIZED (${due}) ${set} FROM claimed ${these}`;
const before = `${set} FROM (${due}) claimed ${these}`;

/** A worker claims no more notices than it asked for, whatever plan PostgreSQL chooses. */
export class ClaimNoticesOnce1790000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(claim(once));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(claim(before));
  }
}
