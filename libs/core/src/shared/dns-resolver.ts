/** Why the resolver gave no answer; none of these is the fault of who owns the name. */
export type DnsFailure = 'timeout' | 'server-failure' | 'refused' | 'unreachable' | 'malformed';

/** What DNS says about the TXT records of a name. */
export type TxtAnswer =
  | { readonly kind: 'records'; readonly values: readonly string[] }
  /** NXDOMAIN: there is no such name (or its CNAME leads nowhere). */
  | { readonly kind: 'absent' }
  /** NODATA: the name exists and has no TXT record. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly reason: DnsFailure };

/** Looks names up in the public DNS. */
export abstract class DnsResolver {
  abstract txt(name: string): Promise<TxtAnswer>;
  /** The name that a CNAME at this one leads to; undefined as well where that could not be found out. */
  abstract canonicalName(name: string): Promise<string | undefined>;
}
