import {
  directoryRequestId,
  DirectoryRequestStore,
  type DirectoryId,
  type DirectoryRequest,
  type DirectoryRequestId,
  type RequestSearch,
  type RequestSlice,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { rowsInTenant } from '../transaction';
import { readDirectoryRequest } from './directory-request.row';

/** How many requests one search looks at, so that it costs the same however rare what is looked for. */
const lookedAt = 5000;

const columns = `id, tenant_id, directory_id, token_id, at, method, path, body, body_cut, if_match, user_agent, status,
  scim_type, detail, milliseconds`;

// The last row that was looked at comes along, marked, so that the next slice begins behind it.
const searching = `WITH seen AS MATERIALIZED (
    SELECT ${columns} FROM directory_requests WHERE tenant_id = $1 AND directory_id = $2
      AND ($3::text IS NULL OR id < $3) ORDER BY id DESC LIMIT $4),
  found AS (
    SELECT * FROM seen WHERE ($5::boolean IS NULL OR (status >= 400) = $5) AND ($6::text IS NULL OR method = $6)
      AND ($7::integer IS NULL OR status = $7) AND ($8::timestamptz IS NULL OR at >= $8)
      AND ($9::timestamptz IS NULL OR at < $9)
      AND ($10::text IS NULL OR strpos(lower(path), lower($10)) > 0 OR strpos(lower(body), lower($10)) > 0)
    ORDER BY id DESC LIMIT $11)
  SELECT to_jsonb(found) AS request, NULL AS seen, NULL::integer AS count FROM found
  UNION ALL SELECT NULL, min(id), count(*)::integer FROM seen`;

/** The log of what directories' clients asked. */
export class PostgresDirectoryRequestStore extends DirectoryRequestStore {
  constructor(private readonly database: DataSource) {
    super();
  }

  async addAll(tenantId: TenantId, requests: readonly DirectoryRequest[]): Promise<void> {
    const rows = requests.map(asRow);
    await rowsInTenant(
      this.database,
      tenantId,
      `INSERT INTO directory_requests (${columns})
       SELECT ${columns} FROM jsonb_populate_recordset(NULL::directory_requests, $2::jsonb) r
       WHERE r.tenant_id = $1 AND EXISTS (SELECT FROM directories d WHERE d.id = r.directory_id)`,
      [tenantId, JSON.stringify(rows)],
    );
  }

  async list(
    tenantId: TenantId,
    directoryId: DirectoryId,
    search: RequestSearch,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<RequestSlice> {
    const { outcome, method, status, text, since, until } = search;
    const refused = outcome === undefined ? null : outcome === 'refused';
    const rows = await rowsInTenant(this.database, tenantId, searching, [
      ...[tenantId, directoryId, after ?? null, lookedAt, refused],
      ...[method ?? null, status ?? null, since ?? null, until ?? null, text ?? null, limit],
    ]);
    return toSlice(rows, limit);
  }

  async find(
    tenantId: TenantId,
    directoryId: DirectoryId,
    id: DirectoryRequestId,
  ): Promise<DirectoryRequest | undefined> {
    const sql = `SELECT ${columns} FROM directory_requests WHERE tenant_id = $1 AND directory_id = $2 AND id = $3`;
    const rows = await rowsInTenant(this.database, tenantId, sql, [tenantId, directoryId, id]);
    return rows.map(readDirectoryRequest)[0];
  }
}

function asRow(request: DirectoryRequest) {
  const { id, tenantId, directoryId, tokenId, at, method, path, body, bodyCut } = request;
  const { ifMatch, userAgent, status, scimType, detail, milliseconds } = request;
  return {
    ...{ id, at, method, path, body, status, detail, milliseconds },
    ...{ tenant_id: tenantId, directory_id: directoryId, token_id: tokenId, body_cut: bodyCut },
    ...{ if_match: ifMatch, user_agent: userAgent, scim_type: scimType },
  };
}

function toSlice(rows: readonly Row[], limit: number): RequestSlice {
  const requests = rows.flatMap((row) => row.optionalObject('request') ?? []).map(readDirectoryRequest);
  if (requests.length === limit) return withNext(requests, requests.at(-1)?.id);
  const edge = rows.find((row) => row.optionalInteger('count') === lookedAt)?.optionalText('seen');
  return withNext(requests, edge);
}

function withNext(requests: readonly DirectoryRequest[], next: string | undefined): RequestSlice {
  return next === undefined ? { requests } : { requests, next: directoryRequestId.parse(next) };
}
