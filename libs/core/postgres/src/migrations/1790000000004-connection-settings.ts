import type { MigrationInterface, QueryRunner } from 'typeorm';

const idpLists = `jsonb_build_object(
    'sso', jsonb_build_array(jsonb_build_object('binding', idp->'ssoBinding', 'url', idp->'ssoUrl')),
    'slo', '[]'::jsonb,
    'wantsSignedRequests', false)`;

const newSettings = `'{"groupRoles": [], "requireEncryptedAssertions": false, "signRequests": false, "requestBinding": "auto",
    "nameIdFormat": "emailAddress", "requestedAuthnContext": [], "idpInitiated": "off", "expiredCertificates": "warn"}'::jsonb`;

/** Every endpoint of an identity provider instead of one, the settings of CON-12, and our own names (CON-19). */
export class ConnectionSettings1790000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE connections
      ADD sp_entity_id text, ADD sp_entity_id_aliases jsonb NOT NULL DEFAULT '[]'`);
    // The owner too is held by row-level security while it is forced.
    await runner.query('ALTER TABLE connections NO FORCE ROW LEVEL SECURITY');
    await runner.query(`UPDATE connections SET settings = ${newSettings} || settings`);
    await runner.query(`UPDATE connections SET idp = (idp - 'ssoUrl' - 'ssoBinding') || ${idpLists}
      WHERE idp ? 'ssoUrl'`);
    await runner.query('ALTER TABLE connections FORCE ROW LEVEL SECURITY');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE connections NO FORCE ROW LEVEL SECURITY');
    await runner.query(`UPDATE connections SET idp = (idp - 'sso' - 'slo' - 'wantsSignedRequests') ||
      jsonb_build_object('ssoUrl', idp->'sso'->0->'url', 'ssoBinding', idp->'sso'->0->'binding') WHERE idp ? 'sso'`);
    await runner.query('ALTER TABLE connections FORCE ROW LEVEL SECURITY');
    await runner.query('ALTER TABLE connections DROP sp_entity_id, DROP sp_entity_id_aliases');
  }
}
