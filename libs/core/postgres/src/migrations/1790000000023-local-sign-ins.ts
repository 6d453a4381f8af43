import type { MigrationInterface, QueryRunner } from 'typeorm';

// Whoever signs in by a password shows only in the end in which tenant: until then nothing here belongs to one.
const tables = `
CREATE TABLE local_sign_ins (
  browser_key_hash text NOT NULL,
  interaction_id text NOT NULL,
  id text NOT NULL CONSTRAINT local_sign_ins_id UNIQUE,
  user_id text NOT NULL CONSTRAINT local_sign_ins_user_fk REFERENCES users (id),
  via text NOT NULL,
  second_factor text,
  purpose text NOT NULL,
  tenant_id_asked text,
  tries integer NOT NULL,
  authenticated_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (browser_key_hash, interaction_id)
);
CREATE INDEX local_sign_ins_user ON local_sign_ins (user_id);
CREATE INDEX local_sign_ins_expiry ON local_sign_ins (expires_at);
CREATE TABLE password_resets (
  key text PRIMARY KEY,
  token_hash text NOT NULL CONSTRAINT password_resets_token UNIQUE,
  user_id text CONSTRAINT password_resets_user_fk REFERENCES users (id),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX password_resets_user ON password_resets (user_id);
CREATE INDEX password_resets_expiry ON password_resets (expires_at);
CREATE TABLE passkey_challenges (
  hash text PRIMARY KEY,
  purpose text NOT NULL,
  asked_of text NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX passkey_challenges_expiry ON passkey_challenges (expires_at);
ALTER TABLE totp_secrets ADD offered_to text;
`;

const asOwner = 'SECURITY DEFINER SET search_path = pg_catalog, pg_temp';

const lookUps = `
CREATE FUNCTION memberships_anywhere(person text) RETURNS TABLE (tenant jsonb, member jsonb)
  LANGUAGE sql STABLE ${asOwner}
  AS $$
    SELECT to_jsonb(t), to_jsonb(m) FROM public.members m JOIN public.tenants t ON t.id = m.tenant_id
    WHERE m.user_id = person ORDER BY lower(t.name), t.id
  $$;
CREATE FUNCTION session_tenants_anywhere(person text, moment timestamptz) RETURNS SETOF text
  LANGUAGE sql STABLE ${asOwner}
  AS $$
    SELECT DISTINCT s.tenant_id FROM public.sessions s
    WHERE s.user_id = person AND s.ended_at IS NULL AND s.expires_at > moment ORDER BY s.tenant_id
  $$;
`;

const names = ['local_sign_ins', 'password_resets', 'passkey_challenges'];
const signatures = ['memberships_anywhere(text)', 'session_tenants_anywhere(text, timestamptz)'];

/** What lies between a password and a session, and between a forgotten password and a new one (LOG-5). */
export class LocalSignIns1790000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, lookUps]) await runner.query(sql);
    for (const name of names)
      await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO gatehouse_app`);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query(`DROP TABLE ${names.join(', ')}`);
    await runner.query('ALTER TABLE totp_secrets DROP offered_to');
  }
}
