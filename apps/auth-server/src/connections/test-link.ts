import {
  connectionId,
  SsoError,
  tenantId,
  type ConnectionId,
  type KeyRing,
  type TenantId,
} from '@gatehouse/core';
import { z } from 'zod';

const lifetimeMs = 60 * 60 * 1000;
const context = 'test-link';
const payload = z.object({ tenant: z.string(), connection: z.string(), until: z.number() });

/** An address under which anybody who holds it can run a test sign-in of one connection for an hour. */
export class TestLinks {
  constructor(private readonly keyRing: KeyRing) {}

  create(tenant: TenantId, connection: ConnectionId, now: Date): string {
    return this.keyRing.seal(
      JSON.stringify({ tenant, connection, until: now.getTime() + lifetimeMs }),
      context,
    );
  }

  /** Throws `flow_unknown` or `flow_expired`. */
  open(sealed: string, now: Date): { tenant: TenantId; connection: ConnectionId } {
    const { tenant, connection, until } = this.read(sealed);
    if (until < now.getTime())
      throw new SsoError('flow_expired', 'This test address was valid for an hour. Ask for a new one.');
    return { tenant: tenantId.parse(tenant), connection: connectionId.parse(connection) };
  }

  private read(sealed: string): z.output<typeof payload> {
    try {
      return payload.parse(JSON.parse(this.keyRing.open(sealed, context)));
    } catch (cause) {
      throw new SsoError(
        'flow_unknown',
        'This is not a test address that we made. Copy it whole.',
        {},
        { cause },
      );
    }
  }
}
