import {
  connectionId,
  hashToken,
  type ArrivalStore,
  type Clock,
  type Connection,
  type ConnectionStore,
  type TakenArrival,
} from '@gatehouse/core';
import type { LoginHints } from './hinted-login';

/** Sign-ins that began at an identity provider and wait in this browser for an application to ask (SML-2). */
export class WaitingArrivals {
  constructor(
    private readonly arrivals: ArrivalStore,
    private readonly connections: ConnectionStore,
    private readonly clock: Clock,
  ) {}

  /** Only a request that names the connection, as an application does that was asked to begin, takes an arrival up. */
  async waits(browserKey: string | undefined, { connection: id }: LoginHints): Promise<boolean> {
    if (browserKey === undefined || !connectionId.is(id)) return false;
    const connection = await this.connections.findAnywhere(id);
    if (!connection) return false;
    const now = this.clock.now();
    return this.arrivals.waits(connection.tenantId, connection.id, hashToken(browserKey), now);
  }

  /** Once: whoever comes second goes to the identity provider. */
  async take(
    browserKey: string | undefined,
    { connection: named }: LoginHints,
    { id, tenantId }: Connection,
  ): Promise<TakenArrival | undefined> {
    if (browserKey === undefined || named !== id) return undefined;
    return this.arrivals.take(tenantId, id, hashToken(browserKey), this.clock.now());
  }
}
