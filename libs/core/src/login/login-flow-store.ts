import type { ConnectionId, FlowId, TenantId } from '../shared/ids';
import type { FinishedFlow, LoginFlow, RoundLimit, TakeOutcome } from './login-flow';

/** The assertion that answers a request; remembered so that it is accepted once. */
export interface Answer {
  readonly requestId: string;
  readonly assertionId: string;
  readonly rememberUntil: Date;
  /** The pending version that it was verified under: only a test of that very version is taken, and without it none of any. */
  readonly version?: number | undefined;
}

export abstract class LoginFlowStore {
  /** `looping`, and nothing is begun: the flow's browser went to this connection as often as the limit says, all in vain. */
  abstract start(tenantId: TenantId, flow: LoginFlow, limit?: RoundLimit): Promise<'started' | 'looping'>;
  /** Only what nobody answered and has not expired. */
  abstract findOpen(
    tenantId: TenantId,
    connectionId: ConnectionId,
    requestId: string,
    now: Date,
  ): Promise<LoginFlow | undefined>;
  /**
   * Takes the request and remembers the assertion in one transaction: of parallel answers exactly one wins. An assertion
   * that was seen before is `replayed`, and uses its request up.
   */
  abstract take(
    tenantId: TenantId,
    connectionId: ConnectionId,
    answer: Answer,
    now: Date,
  ): Promise<TakeOutcome>;
  /**
   * Leaves word for the browser that the test passed, under the hash of a ticket that it is sent away with. A session
   * leaves its own word: see `SessionStore.open`.
   */
  abstract leave(tenantId: TenantId, id: FlowId, result: { readonly ticketHash: string }): Promise<void>;
  /** Crosses tenants: takes the result once, for the browser that began and no other. */
  abstract finishAnywhere(
    ticketHash: string,
    browserKeyHash: string,
    now: Date,
  ): Promise<FinishedFlow | 'unknown' | 'other-browser'>;
}
