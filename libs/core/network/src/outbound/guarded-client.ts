import { rootCertificates } from 'node:tls';
import { Client } from 'undici';
import { checkedLookup, type HostResolver } from './checked-lookup';
import type { FetchTarget } from './fetch-target';
import { byDns, bySystem } from './resolve-host';

/** What the deployment allows of all that it sends to addresses which somebody else chose. */
export interface OutboundOptions {
  /** `host:port` of hosts that may be private and may speak plain http: a demo, a test, a server on the operator's network. */
  readonly allowedPrivateHosts?: readonly string[];
  /** Certificates (PEM) of authorities trusted beside the usual ones. */
  readonly authorities?: readonly string[];
  readonly resolve?: HostResolver;
}

/** Opens connections whose address is checked as it is connected to. */
export class GuardedConnections {
  readonly allowed: ReadonlySet<string>;
  private readonly authorities: string[] | undefined;
  private readonly resolve: HostResolver | undefined;

  constructor(options: OutboundOptions) {
    this.allowed = new Set((options.allowedPrivateHosts ?? []).map((host) => host.toLowerCase()));
    this.authorities = options.authorities && [...rootCertificates, ...options.authorities];
    this.resolve = options.resolve;
  }

  // A connection of its own for each request: none is reused for which the check was another.
  open({ url, isNamed, permits }: FetchTarget, timeoutMs: number): Client {
    const resolve = this.resolve ?? (isNamed ? bySystem : byDns());
    return new Client(url.origin, {
      connect: {
        lookup: checkedLookup(resolve, permits),
        timeout: timeoutMs,
        ...(this.authorities === undefined ? {} : { ca: this.authorities }),
      },
      maxHeaderSize: 16 * 1024,
    });
  }
}
