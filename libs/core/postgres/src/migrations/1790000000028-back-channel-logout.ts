import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
ALTER TABLE applications ADD backchannel_logout_uri text;
GRANT UPDATE (backchannel_logout_uri) ON applications TO gatehouse_app;
`;

// To oidc-provider the account of a grant is one of our sessions: the index finds who had tokens for it. It is an index and
// no table of its own, because a sign-in writes the grant anyway.
const indices = `
CREATE INDEX oidc_models_granted ON oidc_models ((payload ->> 'accountId')) WHERE kind = 'Grant';
DROP INDEX sessions_tenant_user;
CREATE INDEX sessions_user ON sessions (user_id, tenant_id);
CREATE INDEX sessions_tenant ON sessions (tenant_id, id);
`;

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;
const notices = `
CREATE TABLE logout_notices (
  session_id text NOT NULL,
  application_id text NOT NULL,
  tenant_id text NOT NULL CONSTRAINT logout_notices_tenant_fk REFERENCES tenants (id),
  user_id text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL,
  last_error text,
  PRIMARY KEY (session_id, application_id)
);
CREATE INDEX logout_notices_due ON logout_notices (application_id, due_at);
CREATE INDEX logout_notices_expiry ON logout_notices (expires_at);
ALTER TABLE logout_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE logout_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON logout_notices TO gatehouse_app USING (${own}) WITH CHECK (${own});
CREATE POLICY owner_relays ON logout_notices TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON logout_notices TO gatehouse_app;
`;

const asOwner = 'SECURITY DEFINER SET search_path = pg_catalog, pg_temp';

// A claim puts the row off by a lease, as that of the outbox does. It takes a few of each application, so that one that
// answers slowly, or has ten thousand waiting, keeps no other from being told.
const deliveries = `
CREATE FUNCTION logout_notices_claim(most integer, moment timestamptz, lease interval)
  RETURNS TABLE (session_id text, application_id text, user_id text, attempts integer, uri text)
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    UPDATE public.logout_notices n SET due_at = moment + lease, attempts = n.attempts + 1
    FROM (
      SELECT due.session_id, due.application_id, a.backchannel_logout_uri AS uri
      FROM public.applications a
      CROSS JOIN LATERAL (
        SELECT w.session_id, w.application_id FROM public.logout_notices w
        WHERE w.application_id = a.id AND w.due_at <= moment AND w.expires_at > moment
        ORDER BY w.due_at LIMIT most FOR UPDATE SKIP LOCKED) due
      WHERE a.backchannel_logout_uri IS NOT NULL) claimed
    WHERE n.session_id = claimed.session_id AND n.application_id = claimed.application_id
    RETURNING n.session_id, n.application_id, n.user_id, n.attempts, claimed.uri
  $$;
CREATE FUNCTION logout_notices_delivered(of_session text, to_application text) RETURNS void
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$ DELETE FROM public.logout_notices WHERE session_id = of_session AND application_id = to_application $$;
CREATE FUNCTION logout_notices_failed(of_session text, to_application text, error text, again_at timestamptz, all_of_it boolean)
  RETURNS void LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    UPDATE public.logout_notices
    SET due_at = again_at, last_error = CASE WHEN session_id = of_session THEN error ELSE last_error END
    WHERE application_id = to_application AND (session_id = of_session OR (all_of_it AND due_at < again_at))
  $$;
CREATE FUNCTION logout_notices_of(application text, most integer)
  RETURNS TABLE (session_id text, attempts integer, due_at timestamptz, last_error text)
  LANGUAGE sql STABLE ${asOwner}
  AS $$
    SELECT n.session_id, n.attempts, n.due_at, n.last_error FROM public.logout_notices n
    WHERE n.application_id = application ORDER BY n.due_at LIMIT most
  $$;
CREATE FUNCTION sweep_logout_notices(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE ${asOwner}
  AS $$
    WITH swept AS (
      DELETE FROM public.logout_notices WHERE (session_id, application_id) IN
        (SELECT n.session_id, n.application_id FROM public.logout_notices n
         WHERE n.expires_at <= moment ORDER BY n.expires_at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

const lookUps = `
CREATE FUNCTION open_session_anywhere(wanted text, moment timestamptz) RETURNS SETOF public.sessions
  LANGUAGE sql STABLE ${asOwner}
  AS $$ SELECT * FROM public.sessions WHERE id = wanted AND ended_at IS NULL AND expires_at > moment $$;
CREATE FUNCTION sessions_of_user_anywhere(wanted text, moment timestamptz, most integer)
  RETURNS TABLE (session jsonb, tenant jsonb, label text)
  LANGUAGE sql STABLE ${asOwner}
  AS $$
    SELECT to_jsonb(s), to_jsonb(t), c.label
    FROM public.sessions s
    JOIN public.tenants t ON t.id = s.tenant_id
    LEFT JOIN public.connections c ON c.id = s.connection_id
    WHERE s.user_id = wanted AND s.ended_at IS NULL AND s.expires_at > moment
    ORDER BY s.id DESC LIMIT most
  $$;
`;

const signatures = [
  'logout_notices_claim(integer, timestamptz, interval)',
  'logout_notices_delivered(text, text)',
  'logout_notices_failed(text, text, text, timestamptz, boolean)',
  'logout_notices_of(text, integer)',
  'sweep_logout_notices(timestamptz, integer)',
  'open_session_anywhere(text, timestamptz)',
  'sessions_of_user_anywhere(text, timestamptz, integer)',
];

/** Sessions that are listed and ended, and applications that are told of it (SES-3, APP-1). */
export class BackChannelLogout1790000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [columns, indices, notices, deliveries, lookUps]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TABLE logout_notices');
    await runner.query('DROP INDEX oidc_models_granted, sessions_user, sessions_tenant');
    await runner.query('CREATE INDEX sessions_tenant_user ON sessions (tenant_id, user_id)');
    await runner.query('ALTER TABLE applications DROP backchannel_logout_uri');
  }
}
