import type { MigrationInterface, QueryRunner } from 'typeorm';

const directories = `
CREATE TABLE directories (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT directories_tenant_fk REFERENCES tenants (id),
  name text NOT NULL,
  default_role text NOT NULL,
  pairing jsonb NOT NULL,
  connection_id text CONSTRAINT directories_connection_fk REFERENCES connections (id) ON DELETE SET NULL,
  paused_at timestamptz(3),
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX directories_tenant ON directories (tenant_id, id);
CREATE INDEX directories_connection ON directories (connection_id);
CREATE TABLE directory_tokens (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  directory_id text NOT NULL CONSTRAINT directory_tokens_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  name text NOT NULL,
  hash text NOT NULL CONSTRAINT directory_tokens_hash UNIQUE,
  created_at timestamptz(3) NOT NULL,
  created_by jsonb NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX directory_tokens_directory ON directory_tokens (directory_id, id);
CREATE INDEX directory_tokens_expiry ON directory_tokens (expires_at);
`;

// Who was deleted stays as a row, by which the next POST for that person finds it (SCM-9). Whether an address or a name is
// compared, it is compared in lower case; collation "C", because a beginning is looked for as a range.
const people = `
CREATE TABLE removal_holds (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  directory_id text NOT NULL CONSTRAINT removal_holds_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  reason text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  decision text,
  decided_at timestamptz(3),
  decided_by jsonb
);
CREATE UNIQUE INDEX removal_holds_open ON removal_holds (directory_id, reason) WHERE decision IS NULL;
CREATE INDEX removal_holds_directory ON removal_holds (directory_id, id);
CREATE TABLE directory_people (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  directory_id text NOT NULL CONSTRAINT directory_people_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  user_name text NOT NULL,
  user_name_key text COLLATE "C" NOT NULL,
  external_id text COLLATE "C",
  active boolean NOT NULL,
  email text,
  email_key text COLLATE "C",
  name text,
  document jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  standing text NOT NULL,
  quarantined_for text,
  held_by text CONSTRAINT directory_people_hold_fk REFERENCES removal_holds (id),
  user_id text CONSTRAINT directory_people_user_fk REFERENCES users (id),
  member_id text,
  brought boolean NOT NULL,
  access_ended_at timestamptz(3),
  mapped_role text,
  mapped_by text,
  CONSTRAINT directory_people_user_name UNIQUE (directory_id, user_name_key)
);
CREATE INDEX directory_people_present ON directory_people (directory_id, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_people_active ON directory_people (directory_id, active, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_people_external ON directory_people (directory_id, external_id);
CREATE INDEX directory_people_email ON directory_people (tenant_id, email_key);
CREATE INDEX directory_people_external_of_tenant ON directory_people (tenant_id, external_id);
CREATE INDEX directory_people_member ON directory_people (tenant_id, member_id);
CREATE INDEX directory_people_user ON directory_people (user_id);
CREATE INDEX directory_people_ended ON directory_people (directory_id, access_ended_at) WHERE access_ended_at IS NOT NULL;
CREATE INDEX directory_people_quarantined ON directory_people (tenant_id, quarantined_for, id)
  WHERE quarantined_for IS NOT NULL;
CREATE INDEX directory_people_held ON directory_people (held_by) WHERE held_by IS NOT NULL;
`;

const groups = `
CREATE TABLE directory_groups (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  directory_id text NOT NULL CONSTRAINT directory_groups_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  display_name text NOT NULL,
  display_name_key text COLLATE "C" NOT NULL,
  external_id text COLLATE "C",
  document jsonb NOT NULL,
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT directory_groups_display_name UNIQUE (directory_id, display_name_key)
);
CREATE INDEX directory_groups_present ON directory_groups (directory_id, id);
CREATE INDEX directory_groups_external ON directory_groups (directory_id, external_id);
CREATE TABLE directory_group_members (
  group_id text NOT NULL
    CONSTRAINT directory_group_members_group_fk REFERENCES directory_groups (id) ON DELETE CASCADE,
  person_id text NOT NULL
    CONSTRAINT directory_group_members_person_fk REFERENCES directory_people (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  directory_id text NOT NULL,
  PRIMARY KEY (group_id, person_id)
);
CREATE INDEX directory_group_members_person ON directory_group_members (person_id);
CREATE TABLE role_mappings (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  directory_id text NOT NULL CONSTRAINT role_mappings_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  group_id text NOT NULL CONSTRAINT role_mappings_group_fk REFERENCES directory_groups (id) ON DELETE CASCADE,
  role text NOT NULL,
  priority integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by jsonb NOT NULL,
  CONSTRAINT role_mappings_group UNIQUE (directory_id, group_id),
  CONSTRAINT role_mappings_priority UNIQUE (directory_id, priority) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX role_mappings_of_group ON role_mappings (group_id);
`;

const requests = `
CREATE TABLE directory_requests (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  directory_id text NOT NULL CONSTRAINT directory_requests_directory_fk REFERENCES directories (id) ON DELETE CASCADE,
  token_id text,
  at timestamptz(3) NOT NULL,
  method text NOT NULL,
  path text NOT NULL,
  body text,
  body_cut boolean NOT NULL,
  if_match text,
  user_agent text,
  status integer NOT NULL,
  scim_type text,
  detail text,
  milliseconds integer NOT NULL
);
CREATE INDEX directory_requests_directory ON directory_requests (directory_id, id);
CREATE INDEX directory_requests_time ON directory_requests (at);
`;

// Of a member: which group of a directory gave its role, and which directory suspended it, and may bring it back.
const members = `
ALTER TABLE members ADD role_mapped_by text, ADD suspended_by text;
`;

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;
const rights: Readonly<Record<string, string>> = {
  directories: 'SELECT, INSERT, UPDATE, DELETE',
  directory_tokens: 'SELECT, INSERT, UPDATE',
  removal_holds: 'SELECT, INSERT, UPDATE',
  directory_people: 'SELECT, INSERT, UPDATE',
  directory_groups: 'SELECT, INSERT, UPDATE, DELETE',
  directory_group_members: 'SELECT, INSERT, DELETE',
  role_mappings: 'SELECT, INSERT, UPDATE, DELETE',
  directory_requests: 'SELECT, INSERT',
};

function isolate([table, granted]: [string, string]): string {
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY own_tenant ON ${table} TO gatehouse_app USING (${own}) WITH CHECK (${own});
    GRANT ${granted} ON ${table} TO gatehouse_app;`;
}

// A secret names no tenant: its row does.
const acrossTenants = `
CREATE POLICY owner_looks_up ON directory_tokens FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON directories FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON directory_requests FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON directory_requests FOR DELETE TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON directory_tokens FOR DELETE TO CURRENT_USER USING (true);
CREATE FUNCTION directory_token_anywhere(wanted text) RETURNS TABLE (token jsonb, directory jsonb, tenant jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT to_jsonb(k) - 'hash', to_jsonb(d), to_jsonb(t) FROM public.directory_tokens k
    JOIN public.directories d ON d.id = k.directory_id
    JOIN public.tenants t ON t.id = k.tenant_id
    WHERE k.hash = wanted
  $$;
CREATE FUNCTION sweep_directory_requests(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH swept AS (
      DELETE FROM public.directory_requests WHERE id IN
        (SELECT id FROM public.directory_requests WHERE at <= moment ORDER BY at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
CREATE FUNCTION sweep_directory_tokens(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH swept AS (
      DELETE FROM public.directory_tokens WHERE id IN
        (SELECT id FROM public.directory_tokens WHERE expires_at <= moment ORDER BY expires_at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

const signatures = [
  'directory_token_anywhere(text)',
  'sweep_directory_requests(timestamptz, integer)',
  'sweep_directory_tokens(timestamptz, integer)',
];

const tables = [
  'directory_requests',
  'role_mappings',
  'directory_group_members',
  'directory_groups',
  'directory_people',
  'removal_holds',
  'directory_tokens',
  'directories',
];

/** Directories that provision people and groups by SCIM. */
export class Directories1790000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [directories, people, groups, requests, members]) await runner.query(sql);
    for (const table of Object.entries(rights)) await runner.query(isolate(table));
    await runner.query(acrossTenants);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('ALTER TABLE members DROP role_mapped_by, DROP suspended_by');
    await runner.query(`DROP TABLE ${tables.join(', ')}`);
  }
}
