import type { StoredResource } from '@gatehouse/scim';
import type { Row } from '../../row';
import type { ResourceTable } from './resource-table';
import { storedContent, storedJson, withPart } from './stored-json';

/** What to select of `r` for `readResource`; the rows of another table only where they are wanted. */
export function resourceColumns({ part }: ResourceTable, wants: (attribute: string) => boolean): string {
  const rows = wants(part.attribute) ? part.sql : 'NULL::jsonb';
  return `r.id, r.version, r.created_at, r.updated_at, r.document, ${rows} AS part`;
}

export function readResource({ part }: ResourceTable, row: Row): StoredResource {
  return {
    id: row.text('id'),
    version: row.integer('version'),
    createdAt: row.date('created_at'),
    updatedAt: row.date('updated_at'),
    content: withPart(storedContent(row.json('document')), part.attribute, storedJson(row.json('part'))),
  };
}
