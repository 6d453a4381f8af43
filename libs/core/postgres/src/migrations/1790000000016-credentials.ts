import type { MigrationInterface, QueryRunner } from 'typeorm';

// They belong to a person, who may be a member of many tenants: none of them may read or write these by being a tenant.
const tables = `
CREATE TABLE passwords (
  user_id text PRIMARY KEY CONSTRAINT passwords_user_fk REFERENCES users (id),
  hash text NOT NULL,
  changed_at timestamptz(3) NOT NULL
);
CREATE TABLE totp_secrets (
  user_id text PRIMARY KEY CONSTRAINT totp_secrets_user_fk REFERENCES users (id),
  sealed_secret text NOT NULL,
  last_step integer,
  confirmed_at timestamptz(3),
  created_at timestamptz(3) NOT NULL
);
CREATE TABLE passkeys (
  id text PRIMARY KEY,
  user_id text NOT NULL CONSTRAINT passkeys_user_fk REFERENCES users (id),
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports jsonb NOT NULL,
  label text NOT NULL,
  backed_up boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
CREATE INDEX passkeys_user ON passkeys (user_id);
CREATE TABLE recovery_codes (
  user_id text NOT NULL CONSTRAINT recovery_codes_user_fk REFERENCES users (id),
  hash text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  PRIMARY KEY (user_id, hash)
);
`;

const names = ['passwords', 'totp_secrets', 'passkeys', 'recovery_codes'];

/** What a person signs in with where no identity provider does it: passwords and second factors (LOG-5). */
export class Credentials1790000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const name of names)
      await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO gatehouse_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${names.join(', ')}`);
  }
}
