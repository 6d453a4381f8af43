import { isIP } from 'node:net';
import { SsoError } from '@gatehouse/core';
import { isPrivateOrPublicAddress, isPublicAddress } from './public-address';

/** An address that may be fetched, and the rule its resolved addresses must pass at connect time. */
export interface FetchTarget {
  readonly url: URL;
  /** Whether the operator allows this very host. */
  readonly isNamed: boolean;
  readonly permits: (address: string) => boolean;
}

const defaultPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

function parseUrl(input: string, base?: URL): URL {
  if (!URL.canParse(input, base?.href))
    throw refusal('malformed', 'Enter a complete address that starts with https://.', input);
  const url = new URL(input, base?.href);
  url.hash = '';
  return url;
}

function refusal(reason: string, message: string, got: string): SsoError {
  return new SsoError('address_not_allowed', message, { want: 'https', got, reason });
}

function refuseCredentials(url: URL): void {
  if (url.username === '' && url.password === '') return;
  throw new SsoError('address_not_allowed', 'Remove the user name and password from the address.', {
    reason: 'credentials',
    host: url.host,
  });
}

function refuseScheme(url: URL, isNamed: boolean): void {
  if (url.protocol === 'https:' || (isNamed && url.protocol === 'http:')) return;
  throw refusal('scheme', 'Use an address that starts with https://.', url.protocol.replace(':', ''));
}

// Below 1024 other services than the web listen, which must not be made to answer us; test and company servers use 8443, 9031 …
function refusePort({ port }: URL, isNamed: boolean): void {
  if (isNamed || port === '' || Number(port) >= 1024) return;
  throw refusal('port', 'Use an address without a port, or with one of 1024 and above.', port);
}

/** The refusal of an address that is not on the public internet; it never says which address a name resolved to. */
export function privateAddressRefusal(host: string): SsoError {
  return new SsoError(
    'address_not_allowed',
    'This address is not on the public internet. Upload the document or enter its values by hand, ' +
      'or ask the operator to allow this host.',
    { reason: 'private', host },
  );
}

// undici (and net.connect) never call `lookup` for a literal address, so that one is checked here.
// URL has already turned octal, hexadecimal and short forms into the dotted one (WHATWG URL, IPv4 parser).
function refusePrivateLiteral(target: FetchTarget): void {
  const literal = target.url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !target.permits(literal)) throw privateAddressRefusal(target.url.host);
}

/** Parses an address (a redirect's relative to `base`) and refuses what may not be fetched; `allowed` holds `host:port`. */
export function fetchTarget(input: string, allowed: ReadonlySet<string>, base?: URL): FetchTarget {
  const url = parseUrl(input, base);
  const isNamed = allowed.has(`${url.hostname}:${url.port || defaultPorts[url.protocol]}`);
  const target = { url, isNamed, permits: isNamed ? isPrivateOrPublicAddress : isPublicAddress };
  refuseCredentials(url);
  refuseScheme(url, isNamed);
  refusePort(url, isNamed);
  refusePrivateLiteral(target);
  return target;
}
