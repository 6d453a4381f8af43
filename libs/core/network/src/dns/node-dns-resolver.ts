import { Resolver } from 'node:dns/promises';
import { DnsResolver, type DnsFailure, type TxtAnswer } from '@gatehouse/core';
import { errorCode } from '../error-code';

const mostRecords = 50;
const longestRecord = 4 * 1024;

export interface NodeDnsResolverOptions {
  /** `address` or `address:port` of the servers to ask; the machine's own when absent. */
  readonly servers?: readonly string[];
  readonly timeoutMs?: number;
  readonly tries?: number;
}

const failures: ReadonlyMap<string, DnsFailure> = new Map([
  ['ETIMEOUT', 'timeout'],
  ['ESERVFAIL', 'server-failure'],
  ['ENOTIMP', 'server-failure'],
  ['EREFUSED', 'refused'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECANCELLED', 'timeout'],
]);

function bounded(records: readonly (readonly string[])[]): string[] {
  // RFC 7208 3.3 (as every reader of long TXT records does): the strings of one record are one text, without spaces.
  return records.slice(0, mostRecords).map((chunks) => chunks.join('').slice(0, longestRecord));
}

/** Asks DNS servers over the wire, never the hosts file, and tells "not there" apart from "could not ask". */
export class NodeDnsResolver extends DnsResolver {
  private readonly resolver: Resolver;

  constructor({ servers = [], timeoutMs = 3_000, tries = 2 }: NodeDnsResolverOptions = {}) {
    super();
    this.resolver = new Resolver({ timeout: timeoutMs, tries });
    if (servers.length > 0) this.resolver.setServers(servers);
  }

  async txt(name: string): Promise<TxtAnswer> {
    try {
      const values = bounded(await this.resolver.resolveTxt(name));
      // c-ares answers with no records, not with ENODATA, where only a CNAME came back.
      return values.length === 0 ? { kind: 'empty' } : { kind: 'records', values };
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOTFOUND') return { kind: 'absent' };
      if (code === 'ENODATA') return { kind: 'empty' };
      return { kind: 'failed', reason: failures.get(code) ?? 'malformed' };
    }
  }

  // Only a hint for the admin ("a CNAME is in the way"): not learning it must not spoil the answer.
  async canonicalName(name: string): Promise<string | undefined> {
    return this.resolver.resolveCname(name).then(
      ([target]) => target?.toLowerCase(),
      () => undefined,
    );
  }
}
