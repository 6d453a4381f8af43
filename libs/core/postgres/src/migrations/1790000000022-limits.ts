import type { MigrationInterface, QueryRunner } from 'typeorm';

// Keys are hashes: neither table tells who tried what. They belong to the deployment, since an attacker has no tenant.
const tables = `
CREATE TABLE rate_limits (
  key text PRIMARY KEY,
  spent_until timestamptz(3) NOT NULL,
  refused integer NOT NULL
);
CREATE INDEX rate_limits_spent ON rate_limits (spent_until);
CREATE TABLE sign_in_tries (
  key text PRIMARY KEY,
  tries integer NOT NULL,
  next_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_tries_expiry ON sign_in_tries (expires_at);
`;

const names = ['rate_limits', 'sign_in_tries'];

/** What is counted for all servers together: how often things are done, and how often signing in failed (SEC-1, LOG-5). */
export class Limits1790000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const name of names)
      await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO gatehouse_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${names.join(', ')}`);
  }
}
