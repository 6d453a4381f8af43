import type { MigrationInterface, QueryRunner } from 'typeorm';

// The days of the most urgent notice that owners had, or that the token was too short for.
const columns = 'ALTER TABLE directory_tokens ADD told_days integer';

const due = `
CREATE FUNCTION directory_tokens_ending_anywhere(moment timestamptz, most integer)
  RETURNS TABLE (token jsonb, directory text, organisation text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT to_jsonb(k) - 'hash', d.name, t.name FROM public.directory_tokens k
    JOIN public.directories d ON d.id = k.directory_id
    JOIN public.tenants t ON t.id = k.tenant_id AND t.suspended_at IS NULL
    WHERE k.expires_at > moment AND k.expires_at <= moment + interval '30 days' AND k.revoked_at IS NULL
      AND (k.told_days IS NULL OR k.told_days > CASE WHEN k.expires_at <= moment + interval '7 days' THEN 7 ELSE 30 END)
    ORDER BY k.expires_at, k.id LIMIT most
  $$;
REVOKE EXECUTE ON FUNCTION directory_tokens_ending_anywhere(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_tokens_ending_anywhere(timestamptz, integer) TO gatehouse_app;
`;

/** Owners are told before a token of a directory ends. */
export class EndingDirectoryTokens1790000000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(due);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION directory_tokens_ending_anywhere(timestamptz, integer)');
    await runner.query('ALTER TABLE directory_tokens DROP told_days');
  }
}
