import {
  LoginFlowStore,
  sessionId as sessionIds,
  tenantId as tenantIds,
  type Answer,
  type ConnectionId,
  type FinishedFlow,
  type FlowId,
  type LoginFlow,
  type RoundLimit,
  type TakeOutcome,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import type { Row } from '../row';
import {
  allInTenant,
  inTenant,
  rowsInTenant,
  rowsOf,
  unsynced,
  type Statement,
  type TenantTransaction,
} from '../transaction';
import { loginFlowEntity } from './login-flow.entity';
import { leaving, requireLeft } from './leave-flow';
import { readLoginFlow } from './login-flow.row';

const columns = columnsOf(loginFlowEntity);

export class PostgresLoginFlowStore extends LoginFlowStore {
  constructor(private readonly database: DataSource) {
    super();
  }

  async start(tenantId: TenantId, flow: LoginFlow, limit?: RoundLimit): Promise<'started' | 'looping'> {
    const answers = await allInTenant(this.database, tenantId, [unsynced, starting(flow, limit)]);
    return answers[1]?.length === 1 ? 'started' : 'looping';
  }

  /** An answer to an unknown request is not remembered: the honest one may still be under way with the same assertion. */
  async take(
    tenantId: TenantId,
    connectionId: ConnectionId,
    answer: Answer,
    now: Date,
  ): Promise<TakeOutcome> {
    const { requestId, assertionId, rememberUntil, version } = answer;
    const values = [tenantId, connectionId, requestId, now, version, assertionId, rememberUntil];
    // Whatever comes of the answer is written later and synced with this: no crash lets one assertion open two sessions.
    const [, [row] = []] = await allInTenant(this.database, tenantId, [unsynced, { sql: taking, values }]);
    if (row?.flag('fresh')) return { kind: 'taken', flow: readLoginFlow(row) };
    if (row || (await this.#isRemembered(tenantId, connectionId, assertionId))) return { kind: 'replayed' };
    return { kind: 'unknown-request' };
  }

  async findOpen(
    tenantId: TenantId,
    connectionId: ConnectionId,
    requestId: string,
    now: Date,
  ): Promise<LoginFlow | undefined> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT ${columns} FROM login_flows
       WHERE tenant_id = $1 AND connection_id = $2 AND request_id = $3 AND answered_at IS NULL AND expires_at > $4`,
      [tenantId, connectionId, requestId, now],
    );
    return rows.map(readLoginFlow)[0];
  }

  async leave(tenantId: TenantId, id: FlowId, result: { readonly ticketHash: string }): Promise<void> {
    const { sql, values } = leaving(tenantId, id, result);
    requireLeft(id, await rowsInTenant(this.database, tenantId, sql, values));
  }

  async #isRemembered(tenantId: TenantId, connectionId: ConnectionId, assertionId: string): Promise<boolean> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      'SELECT 1 FROM used_assertions WHERE tenant_id = $1 AND connection_id = $2 AND assertion_id = $3',
      [tenantId, connectionId, assertionId],
    );
    return rows.length > 0;
  }

  async finishAnywhere(
    ticketHash: string,
    browserKeyHash: string,
    now: Date,
  ): Promise<FinishedFlow | 'unknown' | 'other-browser'> {
    const [row] = await rowsOf(this.database, 'SELECT login_flow_by_ticket($1) AS tenant_id', [ticketHash]);
    if (row?.optionalText('tenant_id') === undefined) return 'unknown';
    return inTenant(this.database, row.id('tenant_id', tenantIds), async (transaction) => {
      const finished = await finish(transaction, ticketHash, browserKeyHash, now);
      if (finished) return readFinished(finished);
      return (await isOpen(transaction, ticketHash, browserKeyHash, now)) ? 'other-browser' : 'unknown';
    });
  }
}

function starting(flow: LoginFlow, limit: RoundLimit | undefined): Statement {
  return {
    sql: `INSERT INTO login_flows (id, tenant_id, connection_id, purpose, request_id, browser_key_hash, interaction_id,
       started_at, expires_at, version, member_id, link_request_id)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8::timestamptz, $9::timestamptz, $10::integer, $13, $14
     WHERE $11::timestamptz IS NULL OR NOT (${rounds}) RETURNING id`,
    values: [
      ...[flow.id, flow.tenantId, flow.connectionId, flow.purpose, flow.requestId],
      ...[flow.browserKeyHash, flow.interactionId, flow.startedAt, flow.expiresAt, flow.version],
      ...[limit?.since, limit?.most, flow.link?.memberId, flow.link?.linkRequestId],
    ],
  };
}

// Whether this browser went to the connection often enough since then, and took up the end of none of its rounds.
const rounds = `SELECT count(*) >= $12::integer AND count(finished_at) = 0 FROM login_flows
  WHERE tenant_id = $2 AND browser_key_hash = $6 AND connection_id = $3 AND purpose = $4 AND started_at > $11`;

// One statement: of parallel posts the first holds the request's row, and the others then find it answered. An assertion
// that was seen before uses its request up and is not fresh.
const taking = `
  WITH answered AS (
    UPDATE login_flows SET answered_at = $4
    WHERE tenant_id = $1 AND connection_id = $2 AND request_id = $3 AND answered_at IS NULL AND expires_at > $4
      AND version IS NOT DISTINCT FROM $5::integer
    RETURNING ${columns}),
  remembered AS (
    INSERT INTO used_assertions (tenant_id, connection_id, assertion_id, expires_at)
    SELECT $1, $2, $6, $7 FROM answered ON CONFLICT DO NOTHING RETURNING assertion_id)
  SELECT ${columns}, EXISTS (SELECT FROM remembered) AS fresh FROM answered`;

function finish(
  transaction: TenantTransaction,
  ticket: string,
  browser: string,
  now: Date,
): Promise<Row | undefined> {
  return transaction.row(
    `UPDATE login_flows SET finished_at = $4
     WHERE tenant_id = $1 AND ticket_hash = $2 AND browser_key_hash = $3 AND finished_at IS NULL AND expires_at > $4
     RETURNING ${columns}`,
    [transaction.tenantId, ticket, browser, now],
  );
}

async function isOpen(
  transaction: TenantTransaction,
  ticket: string,
  browser: string,
  now: Date,
): Promise<boolean> {
  const open = await transaction.row(
    `SELECT id FROM login_flows
     WHERE tenant_id = $1 AND ticket_hash = $2 AND browser_key_hash <> $3 AND finished_at IS NULL AND expires_at > $4`,
    [transaction.tenantId, ticket, browser, now],
  );
  return open !== undefined;
}

function readFinished(row: Row): FinishedFlow {
  const flow = readLoginFlow(row);
  return row.optionalText('session_id') === undefined
    ? { flow }
    : { flow, sessionId: row.id('session_id', sessionIds) };
}
