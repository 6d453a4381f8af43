import {
  samlKeyId,
  SamlKeyStore,
  type Chance,
  type DeploymentHappening,
  type SamlKey,
  type SamlKeyId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import type { Row } from '../row';
import { rowsOf } from '../transaction';

export class PostgresSamlKeyStore extends SamlKeyStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async list(): Promise<SamlKey[]> {
    return (await rowsOf(this.database, 'SELECT * FROM saml_keys ORDER BY id DESC')).map(readSamlKey);
  }

  add(key: SamlKey, because: DeploymentHappening): Promise<boolean> {
    return this.#change(
      because,
      `INSERT INTO saml_keys (id, state, sealed_private_key, certificate_pem, created_at, since)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (state) DO NOTHING RETURNING id`,
      [key.id, key.state, key.sealedPrivateKey, key.certificatePem, key.createdAt, key.since],
    );
  }

  // In this order, because a state belongs to one key at a time.
  switch(from: SamlKeyId, to: SamlKeyId, since: Date, because: DeploymentHappening): Promise<boolean> {
    const sql = `UPDATE saml_keys SET state = $3, since = $4
      WHERE id = $1 AND state = $2 AND NOT EXISTS (SELECT FROM saml_keys WHERE state = $3) RETURNING id`;
    return inDeployment(this.database, async (transaction) => {
      const left = await transaction.rows(sql, [from, 'current', 'previous', since]);
      const came = await transaction.rows(sql, [to, 'next', 'current', since]);
      await transaction.note(because, this.chance);
      return left.length === 1 && came.length === 1;
    });
  }

  retire(previous: SamlKeyId, because: DeploymentHappening): Promise<boolean> {
    const sql = `DELETE FROM saml_keys WHERE id = $1 AND state = 'previous' RETURNING id`;
    return this.#change(because, sql, [previous]);
  }

  #change(because: DeploymentHappening, sql: string, values: unknown[]): Promise<boolean> {
    return inDeployment(this.database, async (transaction) => {
      const changed = await transaction.rows(sql, values);
      await transaction.note(because, this.chance);
      return changed.length === 1;
    });
  }
}

function readSamlKey(row: Row): SamlKey {
  return {
    id: row.id('id', samlKeyId),
    state: row.oneOf('state', ['next', 'current', 'previous']),
    sealedPrivateKey: row.text('sealed_private_key'),
    certificatePem: row.text('certificate_pem'),
    createdAt: row.date('created_at'),
    since: row.date('since'),
  };
}
