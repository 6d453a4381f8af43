import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { SsoError } from '../shared/sso-error';

// RFC 1123 2.1: letters, digits and inner hyphens. A last label of digits only would be read as an IPv4 address.
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const longestName = 253;

/** Reads a public host of a tenant's own (TEN-8) into its one spelling. Throws `validation_failed`. */
export function parseTenantHost(typed: string, publicUrl: string): string {
  const name = typed.trim().replace(/\.$/, '');
  // What the URL parser would quietly cut or decode (a scheme, port, path, wildcard or escape) is refused before it.
  const ascii = /[\s:/?#@%\\*_[\]]/.test(name) || name.length > longestName ? '' : domainToASCII(name);
  if (!hostName.test(ascii) || ascii.length > longestName || isIP(ascii) !== 0)
    throw refused('Give a host name alone: no scheme, port, path or IP address.', typed);
  if (ascii === new URL(publicUrl).hostname)
    throw refused('This is the host of the whole deployment. A tenant needs one of its own.', typed);
  return ascii;
}

function refused(message: string, got: string): SsoError {
  return new SsoError('validation_failed', message, {
    want: 'for example login.acme.com',
    got: got.slice(0, 100),
  });
}
