/**
 * A query as names and values. Clients write a space as `+`, as forms do, or as `%20`, as addresses do (RFC 3986); Entra ID and
 * others that do the latter leave the plus of `ada+test@acme.example` as it is, and would never find that person.
 */
export function queryParameters(query: string): readonly [string, string][] {
  return query.split('&').flatMap((pair) => [...new URLSearchParams(withPlusMeant(pair))]);
}

const withPlusMeant = (pair: string): string => (pair.includes('%20') ? pair.replaceAll('+', '%2B') : pair);
