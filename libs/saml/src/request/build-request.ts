import { SsoError } from '@gatehouse/core';
import type { Connection, IdpEndpoint, SamlSigningKey, ServiceProvider } from '@gatehouse/core';
import { postForm, redirectAddress } from '../binding/outgoing-message';
import type { OutgoingMessage, PostForm } from '../binding/outgoing-message';
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
  /** Used where the connection or its identity provider wants requests signed. */
  readonly signer: SamlSigningKey;
}

/** The address to send the browser to, by the Redirect binding. */
export function buildRedirectRequest(request: RequestToBuild): string {
  return redirectAddress(outgoing(request));
}

/** The form for the browser to post, by the POST binding. */
export function buildPostRequest(request: RequestToBuild): PostForm {
  return postForm(outgoing(request));
}

/** Whether requests are signed: the connection says so, or the identity provider's metadata asks for it. */
export function signsRequests({ settings, idp }: Pick<Connection, 'settings' | 'idp'>): boolean {
  return settings.signRequests || (idp?.wantsSignedRequests ?? false);
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

function outgoing(request: RequestToBuild): OutgoingMessage {
  const { connection, relayState, signer } = request;
  return {
    kind: 'SAMLRequest',
    xml: authnRequest(request),
    url: requestEndpoint(connection).url,
    ...(relayState === undefined ? {} : { relayState }),
    ...(signsRequests(connection) ? { signer } : {}),
  };
}

// SAML Core 3.4.1, in the schema's order.
function authnRequest(request: RequestToBuild): string {
  const { settings } = request.connection;
  return element(
    'samlp:AuthnRequest',
    requestAttributes(request),
    element('saml:Issuer', {}, escapeXml(request.serviceProvider.entityId)),
    nameIdPolicy(settings.nameIdFormat),
    requestedContext(settings.requestedAuthnContext),
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

// SAML Core 3.4.1.1: without a format the identity provider chooses; AD FS refuses formats that it has no rule for.
function nameIdPolicy(format: Connection['settings']['nameIdFormat']): string {
  const Format = {
    emailAddress: nameIdFormats.email,
    persistent: nameIdFormats.persistent,
    unspecified: undefined,
  };
  return element('samlp:NameIDPolicy', { Format: Format[format], AllowCreate: 'true' });
}

// Only on request: asked for a password, Entra ID refuses people who signed in another way (AADSTS75011).
function requestedContext(classes: readonly string[]): string {
  if (classes.length === 0) return '';
  const references = classes.map((uri) => element('saml:AuthnContextClassRef', {}, escapeXml(uri)));
  return element('samlp:RequestedAuthnContext', { Comparison: 'exact' }, ...references);
}
