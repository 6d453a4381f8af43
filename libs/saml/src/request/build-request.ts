import { deflateRawSync } from 'node:zlib';
import { SsoError } from '@gatehouse/core';
import type { Connection, IdpEndpoint, ServiceProvider } from '@gatehouse/core';
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
  const { url } = requestEndpoint(request.connection);
  const message = deflateRawSync(authnRequest(request)).toString('base64');
  const query = [`SAMLRequest=${encodeURIComponent(message)}`];
  if (request.relayState !== undefined) query.push(`RelayState=${encodeURIComponent(request.relayState)}`);
  return `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/** SAML Bindings 3.5.4: base64 only; some identity providers refuse a deflated form field. */
export function buildPostRequest(request: RequestToBuild): PostRequest {
  const { url } = requestEndpoint(request.connection);
  const SAMLRequest = Buffer.from(authnRequest(request)).toString('base64');
  const { relayState } = request;
  return {
    url,
    fields: { SAMLRequest, ...(relayState === undefined ? {} : { RelayState: relayState }) },
  };
}

/** Where this connection's requests go and by which binding; throws where the identity provider has no such endpoint. */
export function requestEndpoint(connection: Connection): IdpEndpoint {
  const { sso } = requireIdp(connection);
  const { requestBinding } = connection.settings;
  const wanted = requestBinding === 'auto' ? ['redirect', 'post'] : [requestBinding];
  const found = wanted.flatMap((binding) => sso.filter((endpoint) => endpoint.binding === binding));
  if (found[0]) return found[0];
  const message = "Choose a request binding that the identity provider's metadata names.";
  const got = sso.map(({ binding }) => binding);
  throw new SsoError('connection_incomplete', message, { want: requestBinding, got });
}

function authnRequest(request: RequestToBuild): string {
  const { serviceProvider } = request;
  return element(
    'samlp:AuthnRequest',
    requestAttributes(request),
    element('saml:Issuer', {}, escapeXml(serviceProvider.entityId)),
    // No RequestedAuthnContext: asked for a password, Entra ID refuses people who signed in another way (AADSTS75011).
    element('samlp:NameIDPolicy', { Format: nameIdFormats.email, AllowCreate: 'true' }),
  );
}

function requestAttributes({ connection, serviceProvider, requestId, now }: RequestToBuild) {
  return {
    'xmlns:samlp': namespaces.protocol,
    'xmlns:saml': namespaces.assertion,
    ID: requestId,
    Version: '2.0',
    IssueInstant: now.toISOString(),
    Destination: requestEndpoint(connection).url,
    ForceAuthn: connection.settings.forceAuthn ? 'true' : undefined,
    ProtocolBinding: bindings.post,
    AssertionConsumerServiceURL: serviceProvider.acsUrl,
  };
}
