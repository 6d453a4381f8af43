import type { MigrationInterface, QueryRunner } from 'typeorm';

// The default is for rows that a server of the version before still writes: it knows no policy, and switches SSO on as ever.
const policies = `
ALTER TABLE tenants
  ADD policy jsonb NOT NULL DEFAULT '{"sso": "optional", "ssoWhenEnabled": "optional", "breakGlass": "owner", "newMembersOnSso": true, "secondFactor": "if-enrolled"}',
  ADD sso_entitled boolean NOT NULL DEFAULT true,
  ADD host text CONSTRAINT tenants_host UNIQUE;
ALTER TABLE members
  ADD sso text NOT NULL DEFAULT 'inherit',
  ADD exemption jsonb;
ALTER TABLE sessions
  ALTER connection_id DROP NOT NULL,
  ADD second_factor text,
  ADD break_glass boolean NOT NULL DEFAULT false,
  ADD address text,
  ADD user_agent text;
`;

// The owner is confined as well (FORCE), and this is every tenant's business.
const whoHasNone = `
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE connections NO FORCE ROW LEVEL SECURITY;
UPDATE tenants t SET policy = jsonb_set(policy, '{sso}', '"off"') WHERE NOT EXISTS
  (SELECT FROM connections c WHERE c.tenant_id = t.id AND c.enabled_at IS NOT NULL AND c.deleted_at IS NULL);
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE connections FORCE ROW LEVEL SECURITY;
`;

/** Who may come in and how: of the tenant, of one member, and what a session remembers of it (ENF-1, ENF-5, ENF-6). */
export class SignInPolicy1790000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(policies);
    await runner.query(whoHasNone);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM sessions WHERE connection_id IS NULL');
    await runner.query(
      'ALTER TABLE sessions ALTER connection_id SET NOT NULL, DROP second_factor, DROP break_glass, DROP address, DROP user_agent',
    );
    await runner.query('ALTER TABLE members DROP sso, DROP exemption');
    await runner.query('ALTER TABLE tenants DROP policy, DROP sso_entitled, DROP host');
  }
}
