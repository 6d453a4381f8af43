import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
CREATE TABLE saml_keys (
  id text PRIMARY KEY,
  state text NOT NULL CONSTRAINT saml_keys_state UNIQUE,
  sealed_private_key text NOT NULL,
  certificate_pem text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  since timestamptz(3) NOT NULL
);
CREATE TABLE deployment_audit_entries (
  id text PRIMARY KEY,
  type text NOT NULL,
  at timestamptz(3) NOT NULL,
  actor jsonb NOT NULL,
  subject text NOT NULL,
  data jsonb
);
GRANT SELECT, INSERT, UPDATE, DELETE ON saml_keys TO gatehouse_app;
GRANT SELECT, INSERT ON deployment_audit_entries TO gatehouse_app;
`;

/** The service provider's own keys, one in each state, and what happens to the deployment as a whole. */
export class SamlKeys1790000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE deployment_audit_entries, saml_keys');
  }
}
