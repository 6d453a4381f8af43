import type { MigrationInterface, QueryRunner } from 'typeorm';

const tenant = `current_setting('gatehouse.tenant', true)`;

// Whoever writes a task says whose it is by the transaction it stands in. The application's role writes only: what waits is
// handed out, ended and listed by functions of the owner.
const table = `
CREATE TABLE tasks (
  id text PRIMARY KEY,
  kind text NOT NULL,
  tenant_id text DEFAULT nullif(${tenant}, ''),
  payload text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  handed_at timestamptz(3),
  dead_at timestamptz(3),
  last_error text
);
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tasks FOR INSERT TO gatehouse_app
  WITH CHECK (tenant_id IS NOT DISTINCT FROM nullif(${tenant}, ''));
CREATE POLICY owner_hands_out ON tasks TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT INSERT ON tasks TO gatehouse_app;
`;

/** Work that must not be lost: written with its cause, kept until it is done. */
export class Tasks1790000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tasks');
  }
}
