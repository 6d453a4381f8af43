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

/** SAML Metadata 2.2.1: a URI of at most 1,024 characters; compared letter by letter, so kept as it is. */
export function checkEntityId(text: string): string {
  const entityId = trimXml(text);
  if (entityId !== '' && entityId.length <= 1024 && !/[\s\p{Cc}]/u.test(entityId)) return entityId;
  throw incomplete(
    'Give the entity ID (issuer) of the identity provider.',
    'an entity ID',
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

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  if (username !== '' || password !== '') return false;
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

export function incomplete(message: string, want: unknown, got: unknown): SsoError {
  const shown = typeof got === 'string' ? got.slice(0, 200) : got;
  return new SsoError('metadata_incomplete', message, { want, got: shown });
}
