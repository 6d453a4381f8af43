import { SsoError } from '@gatehouse/core';
import type { Binding, IdpDescription } from '@gatehouse/core';
import { readCertificates } from './read-certificates';
import { trimXml } from '../xml/xml-element';

/** What an IT admin types in when there is no metadata. */
export interface TypedIdp {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding?: Binding | undefined;
  readonly sloUrl?: string | undefined;
  readonly sloBinding?: Binding | undefined;
  /** PEM or bare base64, see `readCertificates`. */
  readonly certificates: string;
}

/** The identity provider by hand: the same checks as from metadata. */
export function describeIdp(typed: TypedIdp): IdpDescription {
  return {
    entityId: checkEntityId(typed.entityId),
    sso: [{ binding: typed.ssoBinding ?? 'redirect', url: checkSsoUrl(typed.ssoUrl) }],
    slo: typed.sloUrl ? [{ binding: typed.sloBinding ?? 'redirect', url: checkLogoutUrl(typed.sloUrl) }] : [],
    certificates: readCertificates(typed.certificates),
    wantsSignedRequests: false,
  };
}

const longestEntityId = 1024;

/**
 * SAML Metadata 2.2.1: a URI of at most 1,024 characters; compared letter by letter, so kept as it is. A URI is ASCII:
 * one that is not is held to as many octets, for links are found by it and an entry of an index has a limit.
 */
export function checkEntityId(text: string): string {
  const entityId = trimXml(text);
  const fits = entityId !== '' && Buffer.byteLength(entityId) <= longestEntityId;
  if (fits && !/[\s\p{Cc}]/u.test(entityId)) return entityId;
  throw incomplete(
    'Give the entity ID (issuer) of the identity provider.',
    `an entity ID of at most ${longestEntityId} octets`,
    entityId || 'none',
  );
}

/** Where people are sent: https, or http on this very machine for trying things out. In ASCII, as a Location header wants it. */
export function checkSsoUrl(text: string): string {
  return checkUrl(text, 'sign-on URL');
}

/** Where logout messages go, under the same rules. */
export function checkLogoutUrl(text: string): string {
  return checkUrl(text, 'logout URL');
}

const maxUrlLength = 2_000;

function checkUrl(text: string, what: string): string {
  const address = trimXml(text);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const plain = address.length <= maxUrlLength && !address.includes('#') && !/[\s\p{Cc}]/u.test(address);
  if (url && plain && isSafe(url)) return url.href;
  const message =
    url?.protocol === 'http:'
      ? `The ${what} begins with http://, where anybody on the way could read and change a sign-in: turn https on at the identity provider.`
      : `Give the ${what} of the identity provider, whole and beginning with https://.`;
  throw incomplete(message, 'an https URL', address || 'none');
}

// RFC 3986 allows a host more than DNS does: in a Content-Security-Policy, where hosts of identity providers are named,
// a semicolon or an asterisk would say something else.
const plainHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '' || !plainHost.test(hostname)) return false;
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

export function incomplete(message: string, want: unknown, got: unknown): SsoError {
  const shown = typeof got === 'string' ? got.slice(0, 200) : got;
  return new SsoError('metadata_incomplete', message, { want, got: shown });
}
