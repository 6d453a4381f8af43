import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;

const proofs = `
CREATE TABLE break_glass_proofs (
  member_id text PRIMARY KEY
    CONSTRAINT break_glass_proofs_member_fk REFERENCES members (id) ON DELETE CASCADE,
  tenant_id text NOT NULL CONSTRAINT break_glass_proofs_tenant_fk REFERENCES tenants (id),
  proven_at timestamptz(3) NOT NULL
);
ALTER TABLE break_glass_proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE break_glass_proofs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON break_glass_proofs TO gatehouse_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT, UPDATE ON break_glass_proofs TO gatehouse_app;
`;

// Neither is written by a sign-in through an identity provider: that path pays nothing for them.
const indexes = `
CREATE INDEX sessions_open_local ON sessions (tenant_id, id) WHERE ended_at IS NULL AND via <> 'saml';
CREATE INDEX audit_entries_dry_run ON audit_entries (tenant_id, at, subject) WHERE data ? 'wouldBeRefused';
`;

// Who is looked at closely: decideAccess has the last word, this only spares it the sessions that it lets stand.
const candidates = `
CREATE FUNCTION tenants_with_refused_sessions_anywhere(behind text, most integer, moment timestamptz) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT t.id FROM public.tenants t
    WHERE t.id > behind AND t.sso_entitled AND t.suspended_at IS NULL AND t.policy ->> 'sso' <> 'off' AND EXISTS (
      SELECT FROM public.sessions s
      JOIN public.members m ON m.id = s.member_id AND m.tenant_id = s.tenant_id
      WHERE s.tenant_id = t.id AND s.ended_at IS NULL AND s.via <> 'saml' AND s.expires_at > moment
        AND (m.sso = 'sso' OR m.sso = 'inherit' AND t.policy ->> 'sso' = 'required'
          AND (m.exemption IS NULL OR (m.exemption ->> 'until')::timestamptz <= moment))
        AND NOT ((s.via <> 'password' OR s.second_factor IS NOT NULL) AND (m.role = 'owner'
          OR m.role = 'admin' AND m.sso = 'inherit' AND t.policy ->> 'breakGlass' = 'owner-and-admin')))
    ORDER BY t.id LIMIT most
  $$;
REVOKE EXECUTE ON FUNCTION tenants_with_refused_sessions_anywhere(text, integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_refused_sessions_anywhere(text, integer, timestamptz) TO gatehouse_app;
`;

/** Ways in for emergencies that were shown to work, what a dry run counts, and running sessions that a policy ends. */
export class Enforcement1790000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [proofs, indexes, candidates]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION tenants_with_refused_sessions_anywhere(text, integer, timestamptz)');
    await runner.query('DROP INDEX sessions_open_local, audit_entries_dry_run');
    await runner.query('DROP TABLE break_glass_proofs');
  }
}
