import { SecondFactors, secondFactors, type SecondFactor, type UserId } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsOf } from '../transaction';

const enrolled = `
  SELECT 'totp' AS factor FROM totp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL
  UNION ALL SELECT 'passkey' WHERE EXISTS (SELECT FROM passkeys WHERE user_id = $1)
  UNION ALL SELECT 'recovery-code' WHERE EXISTS
    (SELECT FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL)`;

const newest = `SELECT max(at) AS at FROM (
  SELECT confirmed_at AS at FROM totp_secrets WHERE user_id = $1
  UNION ALL SELECT created_at FROM passkeys WHERE user_id = $1
  UNION ALL SELECT created_at FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL) factors`;

export class PostgresSecondFactors extends SecondFactors {
  constructor(private readonly database: DataSource) {
    super();
  }

  async enrolled(user: UserId): Promise<readonly SecondFactor[]> {
    const rows = await rowsOf(this.database, enrolled, [user]);
    return rows.map((row) => row.oneOf('factor', secondFactors));
  }

  async newestAt(user: UserId): Promise<Date | undefined> {
    return (await rowsOf(this.database, newest, [user]))[0]?.optionalDate('at');
  }
}
