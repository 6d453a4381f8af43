import type { KeyRing } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsOf } from '../transaction';
import type { SigningKey } from './signing-key.entity';

/** The keys that sign tokens, of the whole deployment. */
export class SigningKeyStore {
  constructor(private readonly database: DataSource) {}

  /** Newest first. */
  async list(): Promise<SigningKey[]> {
    const rows = await rowsOf(this.database, 'SELECT * FROM signing_keys ORDER BY created_at DESC, id');
    return rows.map((row) => ({
      id: row.text('id'),
      sealedJwk: row.text('sealed_jwk'),
      createdAt: row.date('created_at'),
    }));
  }

  async add(key: SigningKey): Promise<void> {
    const sql = 'INSERT INTO signing_keys (id, sealed_jwk, created_at) VALUES ($1, $2, $3)';
    await rowsOf(this.database, sql, [key.id, key.sealedJwk, key.createdAt]);
  }
}

/** The private JWK of a stored key; its shape is its reader's to check. */
export function openSigningKey({ id, sealedJwk }: SigningKey, keyRing: KeyRing): unknown {
  const jwk: unknown = JSON.parse(keyRing.open(sealedJwk, contextOf(id)));
  return jwk;
}

export function sealSigningKey(id: string, jwk: object, keyRing: KeyRing): string {
  return keyRing.seal(JSON.stringify(jwk), contextOf(id));
}

function contextOf(id: string): string {
  return `signing_keys/${id}`;
}
