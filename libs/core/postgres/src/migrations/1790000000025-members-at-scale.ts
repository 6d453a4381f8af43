import type { MigrationInterface, QueryRunner } from 'typeorm';

// What members are listed by stands in their own rows: an index cannot reach into two tables. Collation "C", because a
// beginning is looked for as a range. The trigger fills them in, also for a server of the version before.
const columns = `
ALTER TABLE users ADD name_key text;
ALTER TABLE members ADD email_key text COLLATE "C", ADD name_key text COLLATE "C";
CREATE FUNCTION member_takes_after_user() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$ BEGIN
    SELECT u.email_key, coalesce(u.name_key, lower(u.name)) INTO NEW.email_key, NEW.name_key
    FROM public.users u WHERE u.id = NEW.user_id;
    RETURN NEW;
  END $$;
CREATE TRIGGER member_takes_after_user BEFORE INSERT ON members
  FOR EACH ROW EXECUTE FUNCTION member_takes_after_user();
CREATE FUNCTION members_follow_user_anywhere() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ BEGIN
    UPDATE public.members SET email_key = NEW.email_key, name_key = coalesce(NEW.name_key, lower(NEW.name))
    WHERE user_id = NEW.id;
    RETURN NULL;
  END $$;
CREATE TRIGGER members_follow_user AFTER UPDATE OF email_key, name, name_key ON users
  FOR EACH ROW EXECUTE FUNCTION members_follow_user_anywhere();
REVOKE EXECUTE ON FUNCTION members_follow_user_anywhere() FROM PUBLIC;
CREATE POLICY owner_follows_users ON members FOR UPDATE TO CURRENT_USER USING (true);
`;

// The owner is confined as well (FORCE), and this is every tenant's business. A link without a member counts for nothing.
const whatIsThere = `
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE links NO FORCE ROW LEVEL SECURITY;
UPDATE members m SET email_key = u.email_key, name_key = lower(u.name) FROM users u WHERE u.id = m.user_id;
DELETE FROM links l WHERE NOT EXISTS
  (SELECT FROM members m WHERE m.tenant_id = l.tenant_id AND m.user_id = l.user_id);
ALTER TABLE members ALTER email_key SET NOT NULL;
ALTER TABLE links ADD CONSTRAINT links_member_fk FOREIGN KEY (tenant_id, user_id)
  REFERENCES members (tenant_id, user_id) ON DELETE CASCADE;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
ALTER TABLE links FORCE ROW LEVEL SECURITY;
`;

// The last sign-in of a member is what the audit log says: a sign-in writes one entry of an index more, and no row.
const indexes = `
CREATE INDEX members_tenant_created ON members (tenant_id, id);
CREATE INDEX members_tenant_email ON members (tenant_id, email_key, id);
CREATE INDEX members_tenant_name ON members (tenant_id, name_key);
CREATE INDEX members_tenant_role ON members (tenant_id, role, id);
CREATE INDEX members_tenant_sso ON members (tenant_id, sso, id);
CREATE INDEX members_suspended ON members (tenant_id, id) WHERE suspended_at IS NOT NULL;
CREATE INDEX members_exempt ON members (tenant_id, id) WHERE exemption IS NOT NULL;
CREATE INDEX audit_entries_sign_ins ON audit_entries (tenant_id, subject, id) WHERE type = 'sign_in.succeeded';
`;

const indexNames = [
  'members_tenant_created',
  'members_tenant_email',
  'members_tenant_name',
  'members_tenant_role',
  'members_tenant_sso',
  'members_suspended',
  'members_exempt',
  'audit_entries_sign_ins',
];

/** Listing the members of a tenant that has 100,000 of them, and links that end with their member (TEN-6, TEN-7). */
export class MembersAtScale1790000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [columns, whatIsThere, indexes]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${indexNames.join(', ')}`);
    await runner.query('ALTER TABLE links DROP CONSTRAINT links_member_fk');
    await runner.query('DROP POLICY owner_follows_users ON members');
    await runner.query(
      'DROP TRIGGER members_follow_user ON users; DROP TRIGGER member_takes_after_user ON members',
    );
    await runner.query(
      'DROP FUNCTION members_follow_user_anywhere(); DROP FUNCTION member_takes_after_user()',
    );
    await runner.query('ALTER TABLE members DROP email_key, DROP name_key; ALTER TABLE users DROP name_key');
  }
}
