import type { MigrationInterface, QueryRunner } from 'typeorm';

const column = `
ALTER TABLE links ADD held_address text;
GRANT UPDATE (held_address) ON links TO gatehouse_app;
`;

// The application's role writes nobody's address by itself: what a tenant's identity provider says of a person changes the
// account only while that is this tenant's alone, and never to an address that somebody else has.
const functions = `
CREATE FUNCTION user_is_elsewhere_anywhere(wanted text, here text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM public.members WHERE user_id = wanted AND tenant_id <> here) $$;
CREATE FUNCTION take_profile_anywhere(wanted text, here text, address text, address_key text, called text, called_key text)
  RETURNS boolean
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH taken AS (
      UPDATE public.users u SET email = coalesce(address, u.email), email_key = coalesce(address_key, u.email_key),
        name = coalesce(called, u.name), name_key = coalesce(called_key, u.name_key)
      WHERE u.id = wanted
        AND EXISTS (SELECT FROM public.members m WHERE m.user_id = u.id AND m.tenant_id = here)
        AND NOT EXISTS (SELECT FROM public.members m WHERE m.user_id = u.id AND m.tenant_id <> here)
        AND (address IS NULL OR EXISTS (SELECT FROM public.domains d
          WHERE d.tenant_id = here AND d.verified_at IS NOT NULL AND d.name = split_part(address_key, '@', -1)))
      RETURNING 1)
    SELECT EXISTS (SELECT FROM taken)
  $$;
`;

const signatures = [
  'user_is_elsewhere_anywhere(text, text)',
  'take_profile_anywhere(text, text, text, text, text, text)',
];

/** Names and addresses that identity providers keep up to date (LNK-11). */
export class Profiles1790000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [column, functions]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('ALTER TABLE links DROP held_address');
  }
}
