import {
  localPurposes,
  LocalSignInStore,
  secondFactors,
  tenantId as tenantIds,
  userId,
  type LocalProgress,
  type LocalState,
  type LocalStateKey,
  type SecondFactor,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readUser } from '../members/member.row';
import type { Row } from '../row';
import { rowsOf } from '../transaction';

const columns = `browser_key_hash, interaction_id, id, user_id, via, second_factor, purpose, tenant_id_asked,
  authenticated_at, expires_at`;

const beginning = `
  INSERT INTO local_sign_ins (${columns}, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
  ON CONFLICT (browser_key_hash, interaction_id) DO UPDATE SET id = excluded.id, user_id = excluded.user_id,
    via = excluded.via, second_factor = excluded.second_factor, purpose = excluded.purpose,
    tenant_id_asked = excluded.tenant_id_asked, tries = 0, authenticated_at = excluded.authenticated_at,
    expires_at = excluded.expires_at`;

const progress = `SELECT to_jsonb(l) AS state, to_jsonb(u) AS person FROM l JOIN users u ON u.id = l.user_id`;
const open = 'browser_key_hash = $1 AND interaction_id = $2 AND expires_at > $3';
const finding = `WITH l AS (SELECT ${columns} FROM local_sign_ins WHERE ${open}) ${progress}`;
const counting = `WITH l AS (
    UPDATE local_sign_ins SET tries = tries + 1 WHERE id = $1 AND expires_at > $2 AND tries < $3
    RETURNING ${columns}) ${progress}`;

// Whoever has changed the password meanwhile did so because somebody else may know the old one.
const taking = `
  DELETE FROM local_sign_ins l WHERE id = $1 AND expires_at > $2 AND (via <> 'password' OR EXISTS
    (SELECT FROM passwords p WHERE p.user_id = l.user_id AND p.changed_at <= l.authenticated_at))
  RETURNING id`;

export class PostgresLocalSignInStore extends LocalSignInStore {
  constructor(private readonly database: DataSource) {
    super();
  }

  async beginAnywhere(state: LocalState): Promise<void> {
    await rowsOf(this.database, beginning, [
      ...[state.browserKeyHash, state.interactionId ?? '', state.id, state.userId, state.via],
      ...[state.secondFactor, state.purpose, state.tenantId, state.authenticatedAt, state.expiresAt],
    ]);
  }

  findAnywhere(key: LocalStateKey, now: Date): Promise<LocalProgress | undefined> {
    const { browserKeyHash, interactionId = '' } = key;
    return this.#progress(finding, [browserKeyHash, interactionId, now]);
  }

  countTryAnywhere(id: string, most: number, now: Date): Promise<LocalProgress | undefined> {
    return this.#progress(counting, [id, now, most]);
  }

  proveAnywhere(id: string, factor: SecondFactor, now: Date): Promise<LocalState | undefined> {
    return this.#set('second_factor', id, factor, now);
  }

  chooseAnywhere(id: string, tenantId: TenantId, now: Date): Promise<LocalState | undefined> {
    return this.#set('tenant_id_asked', id, tenantId, now);
  }

  async takeAnywhere(id: string, now: Date): Promise<boolean> {
    return (await rowsOf(this.database, taking, [id, now])).length > 0;
  }

  async isUnchangedAnywhere({
    userId: user,
    via,
    authenticatedAt,
  }: Pick<LocalState, 'userId' | 'via' | 'authenticatedAt'>): Promise<boolean> {
    if (via !== 'password') return true;
    // The lock waits for whoever is changing it, and then sees the change.
    const sql = 'SELECT user_id FROM passwords WHERE user_id = $1 AND changed_at <= $2 FOR SHARE';
    return (await rowsOf(this.database, sql, [user, authenticatedAt])).length > 0;
  }

  async #progress(sql: string, values: unknown[]): Promise<LocalProgress | undefined> {
    const [row] = await rowsOf(this.database, sql, values);
    return row && { state: readState(row.object('state')), user: readUser(row.object('person')) };
  }

  async #set(column: 'second_factor' | 'tenant_id_asked', id: string, value: string, now: Date) {
    const sql = `UPDATE local_sign_ins SET ${column} = $2 WHERE id = $1 AND expires_at > $3 RETURNING ${columns}`;
    return (await rowsOf(this.database, sql, [id, value, now])).map(readState)[0];
  }
}

function readState(row: Row): LocalState {
  const interactionId = row.text('interaction_id');
  const asked = row.optionalText('tenant_id_asked');
  return {
    id: row.text('id'),
    browserKeyHash: row.text('browser_key_hash'),
    ...(interactionId !== '' && { interactionId }),
    userId: row.id('user_id', userId),
    via: row.oneOf('via', ['password', 'passkey']),
    ...(row.optionalText('second_factor') !== undefined && {
      secondFactor: row.oneOf('second_factor', secondFactors),
    }),
    purpose: row.oneOf('purpose', localPurposes),
    ...(asked !== undefined && { tenantId: tenantIds.parse(asked) }),
    authenticatedAt: row.date('authenticated_at'),
    expiresAt: row.date('expires_at'),
  };
}
