import type { MigrationInterface, QueryRunner } from 'typeorm';

// No foreign key to the connection that is left, nor to links: the record of a move outlives them.
const tables = `
CREATE TABLE moves (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT moves_tenant_fk REFERENCES tenants (id),
  to_connection_id text NOT NULL CONSTRAINT moves_target_fk REFERENCES connections (id) ON DELETE CASCADE,
  from_connection_id text NOT NULL,
  issuer text NOT NULL,
  state text NOT NULL,
  approved_by jsonb NOT NULL,
  approved_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3)
);
CREATE UNIQUE INDEX moves_open ON moves (to_connection_id) WHERE state = 'open';
CREATE INDEX moves_target ON moves (tenant_id, to_connection_id);
CREATE TABLE moving_members (
  move_id text NOT NULL CONSTRAINT moving_members_move_fk REFERENCES moves (id) ON DELETE CASCADE,
  member_id text NOT NULL CONSTRAINT moving_members_member_fk REFERENCES members (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  email text NOT NULL,
  email_key text NOT NULL,
  old_link_id text NOT NULL,
  old_subject text NOT NULL,
  expected_subject text,
  listed boolean NOT NULL,
  state text NOT NULL,
  reason text,
  link_id text,
  followed_at timestamptz(3),
  PRIMARY KEY (move_id, member_id)
);
CREATE INDEX moving_members_email ON moving_members (move_id, email_key);
CREATE UNIQUE INDEX moving_members_subject ON moving_members (move_id, expected_subject);
CREATE INDEX moving_members_member ON moving_members (member_id);
`;

// Neither move nor list is ever deleted by the application: they say who approved what.
function isolate(table: string): string {
  const own = `tenant_id = current_setting('gatehouse.tenant', true)`;
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY own_tenant ON ${table} TO gatehouse_app USING (${own}) WITH CHECK (${own});
    GRANT SELECT, INSERT, UPDATE ON ${table} TO gatehouse_app;`;
}

/** Moving members from one identity provider to another (CON-10). */
export class Moves1790000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const table of ['moves', 'moving_members']) await runner.query(isolate(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE moving_members');
    await runner.query('DROP TABLE moves');
  }
}
