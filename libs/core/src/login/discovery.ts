import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { Protocols } from '../connections/protocols';
import type { DomainStore } from '../domains/domain-store';
import { emailDomain } from '../members/member';

export type DiscoveryOutcome =
  | { readonly kind: 'sso'; readonly connection: Connection }
  /** The operator closed the protocol of the connection: a password is the way in meanwhile (CON-20). */
  | { readonly kind: 'closed'; readonly connection: Connection }
  /** `degraded`: the question could not be answered, which must not keep anybody from a password (LOG-2). */
  | { readonly kind: 'password'; readonly degraded: boolean };

/** Finds where an e-mail address signs in, by its domain alone: accounts are never looked at (LOG-3). */
export class Discovery {
  constructor(
    private readonly domains: DomainStore,
    private readonly connections: ConnectionStore,
    private readonly protocols: Protocols,
    private readonly deadlineMs = 1500,
  ) {}

  async byEmail(email: string): Promise<DiscoveryOutcome> {
    const deadline = new AbortController();
    const late = delay(this.deadlineMs, degraded, { signal: deadline.signal }).catch(() => degraded);
    try {
      return await Promise.race([this.lookUp(emailDomain(email)), late]);
    } catch {
      return degraded;
    } finally {
      deadline.abort();
    }
  }

  private async lookUp(domain: string): Promise<DiscoveryOutcome> {
    const tenant = await this.domains.verifiedAnywhere(domain);
    const connection = tenant && (await this.connections.primary(tenant));
    if (!connection) return { kind: 'password', degraded: false };
    return { kind: this.protocols.isOpen(connection.protocol) ? 'sso' : 'closed', connection };
  }
}

/** Nothing could be found out: a password is asked for. */
export const degraded: DiscoveryOutcome = { kind: 'password', degraded: true };
