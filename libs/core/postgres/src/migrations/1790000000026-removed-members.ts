import type { MigrationInterface, QueryRunner } from 'typeorm';

// No foreign key to the connection by which the person was known: a removal outlives it.
const tables = `
CREATE TABLE removed_members (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT removed_members_tenant_fk REFERENCES tenants (id),
  user_id text NOT NULL CONSTRAINT removed_members_user_fk REFERENCES users (id),
  email text NOT NULL,
  email_key text NOT NULL,
  role text NOT NULL,
  removed_at timestamptz(3) NOT NULL,
  removed_by jsonb NOT NULL,
  CONSTRAINT removed_members_user UNIQUE (tenant_id, user_id)
);
CREATE INDEX removed_members_email ON removed_members (tenant_id, email_key);
CREATE TABLE removed_identities (
  member_id text NOT NULL
    CONSTRAINT removed_identities_member_fk REFERENCES removed_members (id) ON DELETE CASCADE,
  connection_id text NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  tenant_id text NOT NULL,
  PRIMARY KEY (member_id, connection_id, issuer, subject)
);
CREATE INDEX removed_identities_identity ON removed_identities (tenant_id, issuer, subject);
`;

function isolate(table: string): string {
  const own = `tenant_id = current_setting('gatehouse.tenant', true)`;
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY own_tenant ON ${table} TO gatehouse_app USING (${own}) WITH CHECK (${own});
    GRANT SELECT, INSERT, DELETE ON ${table} TO gatehouse_app;`;
}

/** What stays of a member who was removed, so that no identity provider brings the person back (TEN-11). */
export class RemovedMembers1790000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const table of ['removed_members', 'removed_identities']) await runner.query(isolate(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE removed_identities, removed_members');
  }
}
