import { inflateRawSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';

/** What an identity provider needs to know of an AuthnRequest that reached it. */
export interface AuthnRequest {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string;
  readonly destination: string | null;
  readonly forceAuthn: boolean;
  readonly relayState?: string;
}

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** SAML Bindings 3.4.4.1: base64 of raw DEFLATE in the query. */
export function readRedirectBinding(url: string): AuthnRequest {
  const query = new URL(url).searchParams;
  const message = required(query.get('SAMLRequest'), 'The address carries no SAMLRequest');
  return parseAuthnRequest(inflated(message), query.get('RelayState'));
}

/** SAML Bindings 3.5.4: base64 of the bare XML in a form field. */
export function readPostBinding(form: Readonly<Record<string, string | undefined>>): AuthnRequest {
  const message = required(form['SAMLRequest'], 'The form carries no SAMLRequest');
  return parseAuthnRequest(Buffer.from(message, 'base64').toString('utf8'), form['RelayState']);
}

function inflated(message: string): string {
  try {
    return inflateRawSync(Buffer.from(message, 'base64'), { maxOutputLength: 1 << 20 }).toString('utf8');
  } catch (cause) {
    throw new Error('The SAMLRequest of a redirect must be base64 of raw DEFLATE', { cause });
  }
}

function parseAuthnRequest(xml: string, relayState: string | null | undefined): AuthnRequest {
  const { root, issuer } = readable(xml);
  const attribute = (name: string) => root.attributes[name]?.value;
  return {
    id: required(attribute('ID'), 'The AuthnRequest has no ID'),
    issuer: required(issuer.trim(), 'The AuthnRequest names no Issuer'),
    acsUrl: required(attribute('AssertionConsumerServiceURL'), 'The AuthnRequest names no ACS URL'),
    destination: attribute('Destination') ?? null,
    forceAuthn: ['true', '1'].includes(attribute('ForceAuthn') ?? 'false'),
    ...(relayState ? { relayState } : {}),
  };
}

function readable(xml: string): { root: SaxesTagNS; issuer: string } {
  try {
    return read(xml);
  } catch (cause) {
    throw new Error(`The SAMLRequest cannot be read: ${String(cause)}`, { cause });
  }
}

function read(xml: string): { root: SaxesTagNS; issuer: string } {
  const parser = new SaxesParser({ xmlns: true });
  const open: SaxesTagNS[] = [];
  let root: SaxesTagNS | undefined;
  let issuer = '';
  parser.on('opentag', (tag) => {
    root ??= tag;
    open.push(tag);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    if (open.length === 2 && isNamed(open[1], ASSERTION, 'Issuer')) issuer += text;
  });
  parser.write(xml).close();
  if (!root || !isNamed(root, PROTOCOL, 'AuthnRequest')) throw new Error('The message is no AuthnRequest');
  return { root, issuer };
}

function isNamed(tag: SaxesTagNS | undefined, namespace: string, local: string): boolean {
  return tag?.uri === namespace && tag.local === local;
}

function required(value: string | null | undefined, complaint: string): string {
  if (!value) throw new Error(complaint);
  return value;
}
