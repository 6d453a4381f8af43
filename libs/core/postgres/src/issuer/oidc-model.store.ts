import { hashToken, type Clock } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { Row } from '../row';
import { allOf, rowsOf, unsynced, type Statement } from '../transaction';

export type OidcPayload = Record<string, unknown>;

/**
 * What oidc-provider's adapter keeps. Most identifiers are bearer secrets (codes, tokens, cookies): the row holds only
 * the hash of its identifier, and the payload's copy of it (`jti`) is put back from what was asked for.
 */
export class OidcModelStore {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async upsert(kind: string, id: string, payload: OidcPayload, expiresInSeconds?: number): Promise<void> {
    const upserting = this.#upserting(kind, id, payload, expiresInSeconds);
    // A sign-in that is under way is begun again where a crash took it; all else here stands for one that has happened.
    await allOf(this.database, kind === 'Interaction' ? [unsynced, upserting] : [upserting]);
  }

  #upserting(kind: string, id: string, payload: OidcPayload, expiresInSeconds?: number): Statement {
    const row = new Row(payload);
    return {
      sql: `INSERT INTO oidc_models (kind, id_hash, payload, grant_id, uid, user_code, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (kind, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
         uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`,
      values: [
        ...[kind, hashToken(id), JSON.stringify(withoutId(payload, id)), row.optionalText('grantId')],
        ...[
          hashed(row.optionalText('uid')),
          hashed(row.optionalText('userCode')),
          this.#end(expiresInSeconds),
        ],
      ],
    };
  }

  async find(kind: string, id: string): Promise<OidcPayload | undefined> {
    const payload = await this.#live(kind, 'id_hash', id);
    return payload && { ...payload, jti: id };
  }

  /** A session found so has no `jti`: it is found by what is written in a grant, not by its cookie. */
  findByUid(kind: string, uid: string): Promise<OidcPayload | undefined> {
    return this.#live(kind, 'uid', uid);
  }

  findByUserCode(kind: string, userCode: string): Promise<OidcPayload | undefined> {
    return this.#live(kind, 'user_code', userCode);
  }

  /** One statement, so that of parallel redemptions one wins; the others must fail loudly (RFC 6749 4.1.2). */
  async consume(kind: string, id: string): Promise<void> {
    const rows = await this.#rows(
      `UPDATE oidc_models SET consumed_at = $3 WHERE kind = $1 AND id_hash = $2 AND consumed_at IS NULL RETURNING kind`,
      [kind, hashToken(id), this.clock.now()],
    );
    if (rows.length === 0) throw new Error(`This ${kind} was used already, or is gone.`);
  }

  async destroy(kind: string, id: string): Promise<void> {
    await this.#rows('DELETE FROM oidc_models WHERE kind = $1 AND id_hash = $2', [kind, hashToken(id)]);
  }

  /** Takes it back and remembers it until it expires: the applications of a session are found by their grants. */
  async withdraw(kind: string, id: string): Promise<void> {
    await this.#rows('UPDATE oidc_models SET consumed_at = $3 WHERE kind = $1 AND id_hash = $2', [
      ...[kind, hashToken(id)],
      this.clock.now(),
    ]);
  }

  /** Whether this client was ever given tokens, or could have had some, of this account. */
  async wasGranted(accountId: string, clientId: string): Promise<boolean> {
    const rows = await this.#rows(
      `SELECT kind FROM oidc_models
       WHERE kind = 'Grant' AND payload ->> 'accountId' = $1 AND payload ->> 'clientId' = $2 LIMIT 1`,
      [accountId, clientId],
    );
    return rows.length > 0;
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#rows('DELETE FROM oidc_models WHERE grant_id = $1', [grantId]);
  }

  /** Forgets what has expired and says how much that was. */
  async #live(
    kind: string,
    column: 'id_hash' | 'uid' | 'user_code',
    secret: string,
  ): Promise<OidcPayload | undefined> {
    const rows = await this.#rows(
      `SELECT payload, consumed_at FROM oidc_models
       WHERE kind = $1 AND ${column} = $2 AND (expires_at IS NULL OR expires_at > $3)`,
      [kind, hashToken(secret), this.clock.now()],
    );
    return rows.map(readPayload)[0];
  }

  #end(expiresInSeconds: number | undefined): Date | undefined {
    return expiresInSeconds === undefined
      ? undefined
      : new Date(this.clock.now().getTime() + expiresInSeconds * 1000);
  }

  #rows(sql: string, values: unknown[]): Promise<Row[]> {
    return rowsOf(this.database, sql, values);
  }
}

function withoutId({ jti: _jti, ...rest }: OidcPayload, id: string): OidcPayload {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== id));
}

function hashed(secret: string | undefined): string | undefined {
  return secret === undefined ? undefined : hashToken(secret);
}

// oidc-provider asks whether `consumed` is there; it means seconds since 1970.
function readPayload(row: Row): OidcPayload {
  const consumedAt = row.optionalDate('consumed_at');
  const payload = row.object('payload').record();
  return consumedAt ? { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) } : payload;
}
