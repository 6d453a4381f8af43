import type { MigrationInterface, QueryRunner } from 'typeorm';

// A request goes with its member and with its connection: neither leaves a link in a mail behind that leads anywhere.
// Current is the one that no other replaced: a member has one at most.
const table = `
CREATE TABLE link_requests (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT link_requests_tenant_fk REFERENCES tenants (id),
  user_id text NOT NULL,
  member_id text NOT NULL,
  connection_id text NOT NULL
    CONSTRAINT link_requests_connection_fk REFERENCES connections (id) ON DELETE CASCADE,
  issuer text NOT NULL,
  email text NOT NULL,
  language text,
  token_hash text NOT NULL CONSTRAINT link_requests_token UNIQUE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  bounced_at timestamptz(3),
  bounce_reason text,
  opened_at timestamptz(3),
  used_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT link_requests_member_fk FOREIGN KEY (tenant_id, user_id)
    REFERENCES members (tenant_id, user_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX link_requests_current ON link_requests (tenant_id, user_id) WHERE revoked_at IS NULL;
CREATE INDEX link_requests_user ON link_requests (tenant_id, user_id);
CREATE INDEX link_requests_connection ON link_requests (connection_id);
CREATE INDEX link_requests_unanswered
  ON link_requests (tenant_id, member_id, sent_at, bounced_at, opened_at, expires_at)
  WHERE revoked_at IS NULL AND used_at IS NULL;
CREATE INDEX link_requests_expiry ON link_requests (expires_at);
ALTER TABLE members ADD unlinked_at timestamptz(3);
`;

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;

const isolation = `
ALTER TABLE link_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE link_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON link_requests TO gatehouse_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT, UPDATE ON link_requests TO gatehouse_app;
CREATE POLICY owner_looks_up ON link_requests FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON link_requests FOR DELETE TO CURRENT_USER USING (true);
`;

// Neither a link nor a letter names its tenant: the row does, and nothing that came with a request.
const acrossTenants = `
CREATE FUNCTION link_request_by_token_anywhere(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.link_requests WHERE token_hash = wanted $$;
CREATE FUNCTION link_request_tenant_anywhere(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.link_requests WHERE id = wanted $$;
CREATE FUNCTION sweep_link_requests_anywhere(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH swept AS (
      DELETE FROM public.link_requests WHERE id IN
        (SELECT id FROM public.link_requests WHERE expires_at <= moment ORDER BY expires_at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

const signatures = [
  'link_request_by_token_anywhere(text)',
  'link_request_tenant_anywhere(text)',
  'sweep_link_requests_anywhere(timestamptz, integer)',
];

/** Asking members to link by mail (LNK-2 to LNK-4), and who was unlinked (LNK-10). */
export class LinkRequests1790000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [table, isolation, acrossTenants]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('ALTER TABLE members DROP unlinked_at');
    await runner.query('DROP TABLE link_requests');
  }
}
