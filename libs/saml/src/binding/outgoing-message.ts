import { sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { SamlSigningKey } from '@gatehouse/core';
import { rsaSha256, signXml } from '../signature/sign-xml';

/** A protocol message of ours on its way to an identity provider through the browser. */
export interface OutgoingMessage {
  readonly kind: 'SAMLRequest' | 'SAMLResponse';
  /** Unsigned: each binding has its own way to sign. */
  readonly xml: string;
  readonly url: string;
  readonly relayState?: string;
  /** Signs the message; absent where the identity provider wants none. */
  readonly signer?: SamlSigningKey;
}

/** A form that the browser posts to the identity provider. */
export interface PostForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The address to send the browser to (SAML Bindings 3.4.4.1); a query that the address has already is kept. */
export function redirectAddress({ kind, xml, url, relayState, signer }: OutgoingMessage): string {
  const message = deflateRawSync(xml).toString('base64');
  const pairs: [string, string][] = [[kind, message]];
  if (relayState !== undefined) pairs.push(['RelayState', relayState]);
  const query = signer ? signedQuery(pairs, signer) : encoded(pairs);
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

// The signature covers these very octets in this order: the receiver must not encode them anew.
function signedQuery(pairs: readonly [string, string][], { privateKey }: SamlSigningKey): string {
  const query = encoded([...pairs, ['SigAlg', rsaSha256]]);
  const signature = sign('sha256', Buffer.from(query), privateKey).toString('base64');
  return `${query}&${encoded([['Signature', signature]])}`;
}

function encoded(pairs: readonly [string, string][]): string {
  return pairs.map(([name, value]) => `${name}=${percentEncoded(value)}`).join('&');
}

// Browsers escape an apostrophe in a query when they follow a redirect: escaped later, it would not be what was signed.
function percentEncoded(value: string): string {
  return encodeURIComponent(value).replaceAll("'", '%27');
}

/** SAML Bindings 3.5.4: base64 only; some identity providers refuse a deflated form field. */
export function postForm({ kind, xml, url, relayState, signer }: OutgoingMessage): PostForm {
  const message = Buffer.from(signer ? signXml(xml, signer) : xml).toString('base64');
  return {
    url,
    fields: { [kind]: message, ...(relayState === undefined ? {} : { RelayState: relayState }) },
  };
}
