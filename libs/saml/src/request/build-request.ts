import { deflateRawSync } from 'node:zlib';
import type { Connection, IdpDescription, ServiceProvider } from '@gatehouse/core';
import { bindings, nameIdFormats, namespaces } from '../names';
import { requireIdp } from '../response/verify-response';
import { element, escapeXml } from '../xml/write-xml';

/** A question to a connection's identity provider: who is there? */
export interface RequestToBuild {
  readonly connection: Connection;
  readonly serviceProvider: ServiceProvider;
  /** An xs:ID that nobody can guess (SAML Core 1.3.4); the answer will name it. */
  readonly requestId: string;
  readonly now: Date;
  readonly relayState?: string;
}

/** A form that the browser posts to the identity provider. */
export interface PostRequest {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The address to send the browser to (SAML Bindings 3.4.4.1); a query that the IdP's address has already is kept. */
export function buildRedirectRequest(request: RequestToBuild): string {
  const { ssoUrl } = requireIdp(request.connection);
  const message = deflateRawSync(authnRequest(request)).toString('base64');
  const query = [`SAMLRequest=${encodeURIComponent(message)}`];
  if (request.relayState !== undefined) query.push(`RelayState=${encodeURIComponent(request.relayState)}`);
  return `${ssoUrl}${ssoUrl.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/** SAML Bindings 3.5.4: base64 only; some identity providers refuse a deflated form field. */
export function buildPostRequest(request: RequestToBuild): PostRequest {
  const { ssoUrl } = requireIdp(request.connection);
  const SAMLRequest = Buffer.from(authnRequest(request)).toString('base64');
  const { relayState } = request;
  return {
    url: ssoUrl,
    fields: { SAMLRequest, ...(relayState === undefined ? {} : { RelayState: relayState }) },
  };
}

function authnRequest(request: RequestToBuild): string {
  const { serviceProvider, connection } = request;
  return element(
    'samlp:AuthnRequest',
    requestAttributes(request, requireIdp(connection)),
    element('saml:Issuer', {}, escapeXml(serviceProvider.entityId)),
    // No RequestedAuthnContext: asked for a password, Entra ID refuses people who signed in another way (AADSTS75011).
    element('samlp:NameIDPolicy', { Format: nameIdFormats.email, AllowCreate: 'true' }),
  );
}

function requestAttributes(
  { connection, serviceProvider, requestId, now }: RequestToBuild,
  idp: IdpDescription,
) {
  return {
    'xmlns:samlp': namespaces.protocol,
    'xmlns:saml': namespaces.assertion,
    ID: requestId,
    Version: '2.0',
    IssueInstant: now.toISOString(),
    Destination: idp.ssoUrl,
    ForceAuthn: connection.settings.forceAuthn ? 'true' : undefined,
    ProtocolBinding: bindings.post,
    AssertionConsumerServiceURL: serviceProvider.acsUrl,
  };
}
