import type { Happening } from '../audit/happening';
import type { ArrivalId, ConnectionId, SessionId, TenantId } from '../shared/ids';
import type { Arrival, TakenArrival } from './arrival';

/** Sign-ins that began at an identity provider; each step happens once. */
export abstract class ArrivalStore {
  /** Remembers the assertion and begins the arrival in one transaction: of parallel answers exactly one wins. */
  abstract begin(
    tenantId: TenantId,
    arrival: Arrival,
    assertion: { readonly id: string; readonly rememberUntil: Date },
    because: Happening,
  ): Promise<'begun' | 'replayed'>;
  /** Leaves the result for the browser, under the hash of a ticket that it is sent away with. */
  abstract leave(
    tenantId: TenantId,
    id: ArrivalId,
    result: { readonly ticketHash: string; readonly sessionId?: SessionId },
  ): Promise<void>;
  /** Crosses tenants: ties the arrival to the first browser that brings the ticket, which may repeat it. */
  abstract bindAnywhere(
    ticketHash: string,
    browserKeyHash: string,
    now: Date,
  ): Promise<Arrival | 'unknown' | 'other-browser'>;
  /** Whether an arrival of this connection waits in this browser. */
  abstract waits(
    tenantId: TenantId,
    connectionId: ConnectionId,
    browserKeyHash: string,
    now: Date,
  ): Promise<boolean>;
  /** Takes all that wait, once, and answers with the newest. */
  abstract take(
    tenantId: TenantId,
    connectionId: ConnectionId,
    browserKeyHash: string,
    now: Date,
  ): Promise<TakenArrival | undefined>;
}
