import type { ConnectionId, LinkRequestId, LoginFlow, MemberId, SessionId, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { integer, key, named, optional, tenantColumn, text, time } from '../column';

/** A flow with what has become of it. */
export interface StoredLoginFlow extends Omit<LoginFlow, 'link'> {
  readonly memberId?: MemberId;
  readonly linkRequestId?: LinkRequestId;
  readonly answeredAt?: Date;
  readonly ticketHash?: string;
  readonly sessionId?: SessionId;
  readonly finishedAt?: Date;
}

export const loginFlowEntity = new EntitySchema<StoredLoginFlow>({
  name: 'LoginFlow',
  tableName: 'login_flows',
  columns: {
    id: key,
    tenantId: tenantColumn,
    connectionId: named('connection_id', text),
    purpose: text,
    version: optional(integer),
    requestId: named('request_id', text),
    browserKeyHash: named('browser_key_hash', text),
    interactionId: named('interaction_id', optional(text)),
    memberId: named('member_id', optional(text)),
    linkRequestId: named('link_request_id', optional(text)),
    startedAt: named('started_at', time),
    expiresAt: named('expires_at', time),
    answeredAt: named('answered_at', optional(time)),
    ticketHash: named('ticket_hash', optional(text)),
    sessionId: named('session_id', optional(text)),
    finishedAt: named('finished_at', optional(time)),
  },
  uniques: [
    { name: 'login_flows_request', columns: ['connectionId', 'requestId'] },
    { name: 'login_flows_ticket', columns: ['ticketHash'] },
  ],
  indices: [
    { name: 'login_flows_expiry', columns: ['expiresAt'] },
    { name: 'login_flows_browser', columns: ['browserKeyHash', 'startedAt'] },
  ],
  foreignKeys: [
    {
      name: 'login_flows_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});

/** An assertion that was accepted; the row refuses its replay. */
export interface UsedAssertion {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly assertionId: string;
  readonly expiresAt: Date;
}

export const usedAssertionEntity = new EntitySchema<UsedAssertion>({
  name: 'UsedAssertion',
  tableName: 'used_assertions',
  columns: {
    connectionId: named('connection_id', key),
    assertionId: named('assertion_id', key),
    tenantId: tenantColumn,
    expiresAt: named('expires_at', time),
  },
  indices: [{ name: 'used_assertions_expiry', columns: ['expiresAt'] }],
});
