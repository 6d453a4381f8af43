import type {
  Binding,
  IdpDescription,
  IdpEndpoint,
  NameId,
  SamlSigningKey,
  ServiceProvider,
} from '@gatehouse/core';
import type { OutgoingMessage } from '../binding/outgoing-message';
import { namespaces } from '../names';
import { element, escapeXml } from '../xml/write-xml';

/** What both logout messages need. */
interface LogoutToBuild {
  readonly serviceProvider: ServiceProvider;
  /** An xs:ID that nobody can guess (SAML Core 1.3.4). */
  readonly id: string;
  readonly now: Date;
  /** Where it goes: see `logoutEndpoint`. */
  readonly endpoint: IdpEndpoint;
  readonly signer: SamlSigningKey;
}

export interface LogoutRequestToBuild extends LogoutToBuild {
  readonly nameId: NameId;
  readonly sessionIndex?: string | undefined;
}

export interface LogoutResponseToBuild extends LogoutToBuild {
  readonly inResponseTo: string;
  readonly status: LogoutStatus;
  /** As it came with the request. */
  readonly relayState?: string | undefined;
}

/** SAML Core 3.2.2.2: done; the request cannot be met as it is; or the fault is ours. */
export type LogoutStatus = 'Success' | 'Requester' | 'Responder';

/** Where logout messages go, by the binding that is preferred if the identity provider speaks it; nowhere if it knows no logout. */
export function logoutEndpoint(
  { slo }: IdpDescription,
  preferred: Binding = 'redirect',
): IdpEndpoint | undefined {
  return slo.find(({ binding }) => binding === preferred) ?? slo[0];
}

/** How long the identity provider may take to act on a request of ours. */
const requestLifetimeMs = 5 * 60_000;

/** SAML Core 3.7.1: says who leaves, with every qualifier that the identity provider gave the name. */
export function buildLogoutRequest(request: LogoutRequestToBuild): OutgoingMessage {
  const { nameId, sessionIndex, now, signer, endpoint } = request;
  const attributes = {
    ...envelope(request, endpoint.url),
    NotOnOrAfter: new Date(now.getTime() + requestLifetimeMs).toISOString(),
    Reason: 'urn:oasis:names:tc:SAML:2.0:logout:user',
  };
  const xml = element('samlp:LogoutRequest', attributes, issuer(request), nameIdElement(nameId), ...index());
  return { kind: 'SAMLRequest', xml, url: endpoint.url, signer };

  function index(): string[] {
    return sessionIndex === undefined ? [] : [element('samlp:SessionIndex', {}, escapeXml(sessionIndex))];
  }
}

/** SAML Core 3.7.2; SAML Metadata 2.2.2: goes to ResponseLocation where there is one. RelayState goes back as it came. */
export function buildLogoutResponse(response: LogoutResponseToBuild): OutgoingMessage {
  const { inResponseTo, status, relayState, signer, endpoint } = response;
  const url = endpoint.responseUrl ?? endpoint.url;
  const code = element('samlp:StatusCode', { Value: `urn:oasis:names:tc:SAML:2.0:status:${status}` });
  const attributes = { ...envelope(response, url), InResponseTo: inResponseTo };
  const body = [issuer(response), element('samlp:Status', {}, code)];
  const xml = element('samlp:LogoutResponse', attributes, ...body);
  return { kind: 'SAMLResponse', xml, url, signer, ...(fits(relayState) ? { relayState } : {}) };
}

// SAML Bindings 3.4.3: at most 80 bytes. What is longer was not made by the rules; the answer finds its request without.
function fits(relayState: string | undefined): relayState is string {
  return relayState !== undefined && Buffer.byteLength(relayState) <= 80;
}

function envelope({ id, now }: LogoutToBuild, destination: string) {
  return {
    'xmlns:samlp': namespaces.protocol,
    'xmlns:saml': namespaces.assertion,
    ID: id,
    Version: '2.0',
    IssueInstant: now.toISOString(),
    Destination: destination,
  };
}

function issuer({ serviceProvider }: LogoutToBuild): string {
  return element('saml:Issuer', {}, escapeXml(serviceProvider.entityId));
}

function nameIdElement({ value, format, nameQualifier, spNameQualifier }: NameId): string {
  const attributes = { NameQualifier: nameQualifier, SPNameQualifier: spNameQualifier, Format: format };
  return element('saml:NameID', attributes, escapeXml(value));
}
