/** Why the resolver gave no answer; none of these is the fault of who owns the name. */
export type DnsFailure = 'timeout' | 'server-failure' | 'refused' | 'unreachable' | 'malformed';

/** What DNS says about the TXT records of a name; `canonicalName` is set where a CNAME stands at that name. */
export type TxtAnswer =
  | { readonly kind: 'records'; readonly values: readonly string[]; readonly canonicalName?: string }
  /** NXDOMAIN: there is no such name (or its CNAME leads nowhere). */
  | { readonly kind: 'absent'; readonly canonicalName?: string }
  /** NODATA: the name exists and has no TXT record. */
  | { readonly kind: 'empty'; readonly canonicalName?: string }
  | { readonly kind: 'failed'; readonly reason: DnsFailure };

/** Looks names up in the public DNS. */
export abstract class DnsResolver {
  abstract txt(name: string): Promise<TxtAnswer>;
}
