import type { ApplicationId, ArrivalId, ConnectionId, SessionId, TenantId } from '../shared/ids';

/** A sign-in that began at the identity provider: verified here, it waits for the browser and then for an application. */
export interface Arrival {
  readonly id: ArrivalId;
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  /** What RelayState named; whether there is such an application is asked when the browser comes. */
  readonly applicationId?: ApplicationId;
  readonly arrivedAt: Date;
  readonly expiresAt: Date;
}

/** An arrival that an application's question took up. */
export interface TakenArrival {
  /** Absent where the arrival only starts a sign-in of our own (`bounce`). */
  readonly sessionId?: SessionId;
}

/** Long enough for an application to answer, short enough that a tab left open means nothing. */
export const arrivalLifetimeMs = 5 * 60 * 1000;
