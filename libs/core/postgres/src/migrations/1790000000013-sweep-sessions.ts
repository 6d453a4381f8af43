import type { MigrationInterface, QueryRunner } from 'typeorm';

// A session holds a person's NameID, groups and attributes: past its end nothing reads them, and the audit log tells of it.
const sweep = `CREATE INDEX sessions_expiry ON sessions (expires_at);
  CREATE POLICY owner_sweeps ON sessions FOR DELETE TO CURRENT_USER USING (true);
  CREATE FUNCTION sweep_sessions(moment timestamptz, most integer) RETURNS integer
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
      WITH swept AS (
        DELETE FROM public.sessions WHERE id IN
          (SELECT id FROM public.sessions WHERE expires_at <= moment ORDER BY expires_at LIMIT most)
        RETURNING 1)
      SELECT count(*)::integer FROM swept
    $$;
  REVOKE EXECUTE ON FUNCTION sweep_sessions(timestamptz, integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION sweep_sessions(timestamptz, integer) TO gatehouse_app;`;

/** Expired sessions are forgotten like everything else that has expired. */
export class SweepSessions1790000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sweep);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION sweep_sessions(timestamptz, integer)');
    await runner.query('DROP POLICY owner_sweeps ON sessions');
    await runner.query('DROP INDEX sessions_expiry');
  }
}
