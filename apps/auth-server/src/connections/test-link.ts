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
const payload = z.object({ tenant: z.string(), connection: z.string(), version: z.int(), until: z.number() });

/** What a test address stands for. */
export interface TestedVersion {
  readonly tenant: TenantId;
  readonly connection: ConnectionId;
  readonly version: number;
}

/** An address under which anybody who holds it can run a test sign-in of one version for an hour. */
export class TestLinks {
  constructor(private readonly keyRing: KeyRing) {}

  create({ tenant, connection, version }: TestedVersion, now: Date): string {
    const until = now.getTime() + lifetimeMs;
    return this.keyRing.seal(JSON.stringify({ tenant, connection, version, until }), context);
  }

  /** Throws `flow_unknown` or `flow_expired`. */
  open(sealed: string, now: Date): TestedVersion {
    const { tenant, connection, version, until } = this.read(sealed);
    if (until < now.getTime())
      throw new SsoError('flow_expired', 'This test address was valid for an hour. Ask for a new one.');
    return { tenant: tenantId.parse(tenant), connection: connectionId.parse(connection), version };
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
