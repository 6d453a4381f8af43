import type { StoredResource } from '@gatehouse/scim';
import type { DataSource } from 'typeorm';
import { allInTenant, type Statement, type TenantTransaction } from '../../transaction';
import type { ResourceScope } from './resource-scope';
import type { ResourceTable } from './resource-table';
import { readResource, resourceColumns } from './stored-resource.row';

/** Whether an attribute will be in the answer. */
export type Wants = (attribute: string) => boolean;

const everything: Wants = () => true;

export async function findResource(
  database: DataSource,
  table: ResourceTable,
  scope: ResourceScope,
  id: string,
  wants: Wants,
): Promise<StoredResource | undefined> {
  const [[row] = []] = await allInTenant(database, scope.directory.tenantId, [
    finding(table, scope, id, wants),
  ]);
  return row && readResource(table, row);
}

/** What a write in this transaction left there. */
export async function findWritten(
  transaction: TenantTransaction,
  table: ResourceTable,
  scope: ResourceScope,
  id: string,
): Promise<StoredResource> {
  const { sql, values } = finding(table, scope, id, everything);
  const row = await transaction.row(sql, values);
  if (!row) throw new Error(`There is no row ${id} in ${table.name}, which was just written.`);
  return readResource(table, row);
}

function finding(
  table: ResourceTable,
  { directory: { tenantId, id: directoryId } }: ResourceScope,
  id: string,
  wants: Wants,
): Statement {
  const sql = `SELECT ${resourceColumns(table, wants)} FROM ${table.name} r
    WHERE r.tenant_id = $1 AND r.directory_id = $2 AND r.id = $3 ${table.present}`;
  return { sql, values: [tenantId, directoryId, id] };
}
