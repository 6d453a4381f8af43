import type { MigrationInterface, QueryRunner } from 'typeorm';

const organisations = `
CREATE TABLE tenants (
  id text PRIMARY KEY,
  slug text NOT NULL CONSTRAINT tenants_slug UNIQUE,
  name text NOT NULL,
  external_id text CONSTRAINT tenants_external_id UNIQUE,
  associate_by_email boolean NOT NULL,
  suspended_at timestamptz(3),
  created_at timestamptz(3) NOT NULL
);
CREATE TABLE users (
  id text PRIMARY KEY,
  email text NOT NULL,
  email_key text NOT NULL CONSTRAINT users_email_key UNIQUE,
  name text,
  created_at timestamptz(3) NOT NULL
);
CREATE TABLE members (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT members_tenant_fk REFERENCES tenants (id),
  user_id text NOT NULL CONSTRAINT members_user_fk REFERENCES users (id),
  role text NOT NULL,
  suspended_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT members_tenant_user UNIQUE (tenant_id, user_id)
);
CREATE INDEX members_user ON members (user_id);
CREATE TABLE domains (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT domains_tenant_fk REFERENCES tenants (id),
  name text NOT NULL,
  token text NOT NULL,
  token_expires_at timestamptz(3) NOT NULL,
  verified_at timestamptz(3),
  last_check jsonb,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT domains_tenant_name UNIQUE (tenant_id, name)
);
CREATE UNIQUE INDEX domains_verified_name ON domains (name) WHERE verified_at IS NOT NULL;
`;

const signIn = `
CREATE TABLE connections (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT connections_tenant_fk REFERENCES tenants (id),
  protocol text NOT NULL,
  label text NOT NULL,
  idp jsonb,
  metadata_url text,
  settings jsonb NOT NULL,
  test jsonb,
  enabled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  revision integer NOT NULL
);
CREATE INDEX connections_tenant_enabled ON connections (tenant_id, enabled_at);
CREATE TABLE links (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT links_tenant_fk REFERENCES tenants (id),
  connection_id text NOT NULL CONSTRAINT links_connection_fk REFERENCES connections (id),
  user_id text NOT NULL CONSTRAINT links_user_fk REFERENCES users (id),
  issuer text NOT NULL,
  subject text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT links_identity UNIQUE (connection_id, issuer, subject)
);
CREATE INDEX links_tenant_user ON links (tenant_id, user_id);
CREATE TABLE login_flows (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT login_flows_tenant_fk REFERENCES tenants (id),
  connection_id text NOT NULL,
  purpose text NOT NULL,
  request_id text NOT NULL,
  browser_key_hash text NOT NULL,
  interaction_id text,
  started_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  answered_at timestamptz(3),
  ticket_hash text CONSTRAINT login_flows_ticket UNIQUE,
  session_id text,
  finished_at timestamptz(3),
  CONSTRAINT login_flows_request UNIQUE (connection_id, request_id)
);
CREATE INDEX login_flows_expiry ON login_flows (expires_at);
CREATE TABLE used_assertions (
  connection_id text NOT NULL,
  assertion_id text NOT NULL,
  tenant_id text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (connection_id, assertion_id)
);
CREATE INDEX used_assertions_expiry ON used_assertions (expires_at);
CREATE TABLE sessions (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT sessions_tenant_fk REFERENCES tenants (id),
  user_id text NOT NULL,
  member_id text NOT NULL,
  via text NOT NULL,
  connection_id text NOT NULL,
  session_index text,
  groups jsonb NOT NULL,
  authenticated_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3)
);
CREATE INDEX sessions_tenant_user ON sessions (tenant_id, user_id);
`;

const records = `
CREATE TABLE audit_entries (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  type text NOT NULL,
  at timestamptz(3) NOT NULL,
  actor jsonb NOT NULL,
  subject text NOT NULL,
  before jsonb,
  after jsonb,
  data jsonb
);
CREATE INDEX audit_entries_tenant_id ON audit_entries (tenant_id, id);
CREATE TABLE outbox (
  id text PRIMARY KEY,
  tenant_id text NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL,
  last_error text
);
CREATE INDEX outbox_due ON outbox (due_at, id);
`;

const deployment = `
CREATE TABLE applications (
  id text PRIMARY KEY,
  name text NOT NULL,
  sealed_secret text NOT NULL,
  redirect_uris jsonb NOT NULL,
  post_logout_redirect_uris jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL
);
CREATE TABLE oidc_models (
  kind text NOT NULL,
  id_hash text NOT NULL,
  payload jsonb NOT NULL,
  grant_id text,
  uid text,
  user_code text,
  expires_at timestamptz(3),
  consumed_at timestamptz(3),
  PRIMARY KEY (kind, id_hash)
);
CREATE INDEX oidc_models_grant ON oidc_models (grant_id);
CREATE INDEX oidc_models_uid ON oidc_models (kind, uid);
CREATE INDEX oidc_models_user_code ON oidc_models (kind, user_code);
CREATE INDEX oidc_models_expiry ON oidc_models (expires_at);
CREATE TABLE signing_keys (
  id text PRIMARY KEY,
  sealed_jwk text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
`;

export class Tables1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [organisations, signIn, records, deployment]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE signing_keys, oidc_models, applications, outbox, audit_entries, sessions, used_assertions,
         login_flows, links, connections, domains, members, users, tenants`,
    );
  }
}
