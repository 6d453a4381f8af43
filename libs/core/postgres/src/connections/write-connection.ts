import type { Connection, ConnectionVersion } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

export async function insertConnection(
  transaction: TenantTransaction,
  connection: Connection,
): Promise<void> {
  await transaction.rows(
    `INSERT INTO connections (id, tenant_id, label, idp, metadata_url, settings, test, revision,
       sp_entity_id_aliases, version, pending_version, enabled_at, deleted_at, sp_entity_id, protocol, created_at, own_host)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [...changeable(connection), ...fixed(connection)],
  );
}

/** Whether the connection is made under the host that its tenant has now; the row just written keeps that host until the end. */
export async function isAtTenantHost(transaction: TenantTransaction, { host }: Connection): Promise<boolean> {
  const tenant = await transaction.row('SELECT host FROM tenants WHERE id = $1', [transaction.tenantId]);
  return tenant?.optionalText('host') === host;
}

/** False where the revision before this one is not what is there. Which one is primary is not written here. */
export async function updateConnection(
  transaction: TenantTransaction,
  connection: Connection,
): Promise<boolean> {
  const updated = await transaction.row(
    `UPDATE connections
     SET label = $3, idp = $4, metadata_url = $5, settings = $6, test = $7, revision = $8, sp_entity_id_aliases = $9,
       version = $10, pending_version = $11, enabled_at = $12, deleted_at = $13
     WHERE id = $1 AND tenant_id = $2 AND revision = $8 - 1 RETURNING id`,
    changeable(connection),
  );
  return updated !== undefined;
}

/** In the order given, so that one is closed before another takes its place; of a known version only its state changes. */
export async function writeVersions(
  transaction: TenantTransaction,
  versions: readonly ConnectionVersion[] = [],
): Promise<void> {
  for (const version of versions)
    await transaction.rows(
      `INSERT INTO connection_versions (connection_id, number, tenant_id, state, configuration, difference, author,
         created_at, promoted_at, passed_test)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (connection_id, number) DO UPDATE SET state = excluded.state, promoted_at = excluded.promoted_at`,
      [
        ...[version.connectionId, version.number, version.tenantId, version.state, version.configuration],
        ...[JSON.stringify(version.difference), version.author, version.createdAt, version.promotedAt],
        version.passedTest,
      ],
    );
}

function fixed({ spEntityId, protocol, createdAt, host }: Connection): unknown[] {
  return [spEntityId, protocol, createdAt, host];
}

function changeable(connection: Connection): unknown[] {
  const { id, tenantId, label, idp, metadataUrl, settings, test, revision } = connection;
  const aliases = JSON.stringify(connection.spEntityIdAliases);
  const { version, pendingVersion, enabledAt, deletedAt } = connection;
  return [
    ...[id, tenantId, label, idp, metadataUrl, settings, test, revision],
    ...[aliases, version, pendingVersion, enabledAt, deletedAt],
  ];
}
