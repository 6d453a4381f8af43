import type { MigrationInterface, QueryRunner } from 'typeorm';

const name = 'tenants_with_refused_sessions_anywhere(behind text, most integer, moment timestamptz)';

function find(tenants: string, sessions: string): string {
  return `CREATE OR REPLACE FUNCTION ${name} RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT t.id FROM public.tenants t
    WHERE t.id > behind AND t.suspended_at IS NULL AND (${tenants}) AND EXISTS (
      SELECT FROM public.sessions s
      JOIN public.members m ON m.id = s.member_id AND m.tenant_id = s.tenant_id
      WHERE s.tenant_id = t.id AND s.ended_at IS NULL AND s.via <> 'saml' AND s.expires_at > moment AND (${sessions}))
    ORDER BY t.id LIMIT most
  $$`;
}

const bound = `t.sso_entitled AND t.policy ->> 'sso' <> 'off'`;
const isWhole = `s.via <> 'password' OR s.second_factor IS NOT NULL`;
const refused = `(m.sso = 'sso' OR m.sso = 'inherit' AND t.policy ->> 'sso' = 'required'
        AND (m.exemption IS NULL OR (m.exemption ->> 'until')::timestamptz <= moment))
      AND NOT ((${isWhole}) AND (m.role = 'owner'
        OR m.role = 'admin' AND m.sso = 'inherit' AND t.policy ->> 'breakGlass' = 'owner-and-admin'))`;
const wantsWhole = `t.policy ->> 'secondFactor' = 'required'`;

/** Finds sessions, too, that a password alone opened where a second factor is asked of everybody since (LOG-5). */
export class HalfProvenSessions1790000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const either = `${bound} AND ${refused} OR ${wantsWhole} AND NOT (${isWhole})`;
    await runner.query(find(`${bound} OR ${wantsWhole}`, either));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(find(bound, refused));
  }
}
