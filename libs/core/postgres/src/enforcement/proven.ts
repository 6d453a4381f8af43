/** Whether the user of the member `m` has a second factor that could be asked for. */
const hasSecondFactor = `(
  EXISTS (SELECT FROM totp_secrets x WHERE x.user_id = m.user_id AND x.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT FROM passkeys x WHERE x.user_id = m.user_id)
  OR EXISTS (SELECT FROM recovery_codes x WHERE x.user_id = m.user_id AND x.used_at IS NULL))`;

/** People of the roles $2 who are not suspended, with the last proof `p` and whether it still counts (ENF-12). */
export const breakGlassPeople = `FROM members m
  JOIN users u ON u.id = m.user_id
  LEFT JOIN break_glass_proofs p ON p.tenant_id = m.tenant_id AND p.member_id = m.id
  LEFT JOIN passwords w ON w.user_id = m.user_id
  WHERE m.tenant_id = $1 AND m.role = ANY ($2) AND m.suspended_at IS NULL`;

/** A password that was changed since was not proven. */
export const stillProven = `coalesce(p.proven_at >= w.changed_at, false) AND ${hasSecondFactor}`;

/** Records, of the member $2 if there still is one, that the way in worked at $3. */
export const proving = `INSERT INTO break_glass_proofs (member_id, tenant_id, proven_at)
  SELECT m.id, m.tenant_id, $3 FROM members m WHERE m.tenant_id = $1 AND m.id = $2
  ON CONFLICT (member_id) DO UPDATE SET proven_at = excluded.proven_at`;
