import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings, IdpDescription, ServiceProvider } from '@gatehouse/core';
import { namespaces } from '../names';
import { refuseBefore } from '../response/validity-window';
import { childNamed, is, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { parseXsDateTime } from '../xml/xs-date-time';

/** What a logout message is measured against. */
export interface LogoutExpectations {
  readonly idp: IdpDescription;
  readonly serviceProvider: ServiceProvider;
  readonly settings: Pick<ConnectionSettings, 'clockSkewSeconds' | 'expiredCertificates'>;
  readonly now: Date;
}

type LogoutMessage = 'LogoutRequest' | 'LogoutResponse';

/** How long after it was made a message may arrive, clocks apart: a browser brings it at once. */
const freshForMs = 5 * 60_000;

/** What both messages have in common (SAML Core 3.2, SAML Profiles 4.4.4): which one, from whom, to whom, and when. */
export function checkEnvelope(root: XmlElement, name: LogoutMessage, expected: LogoutExpectations): void {
  requireElement(root, name);
  requireVersion(root);
  requireIssuer(root, expected.idp.entityId);
  requireDestination(root, expected.serviceProvider.sloUrl);
  requireFresh(root, expected);
}

/** Until when a message that arrived now could arrive again and pass. */
export function lastArrival(root: XmlElement, { settings }: LogoutExpectations): Date {
  const issued = parseXsDateTime(root.attributes.get('IssueInstant') ?? '', 'IssueInstant');
  return new Date(issued.getTime() + freshForMs + settings.clockSkewSeconds * 1000);
}

function requireElement(root: XmlElement, name: LogoutMessage): void {
  if (is(root, namespaces.protocol, name)) return;
  throw new SsoError('saml_structure_invalid', `This is something other than a SAML 2.0 ${name}.`, {
    want: `{${namespaces.protocol}}${name}`,
    got: `{${root.namespace}}${root.name}`,
  });
}

function requireVersion({ attributes }: XmlElement): void {
  const got = attributes.get('Version') ?? 'none';
  if (got === '2.0') return;
  const message = 'Set the identity provider to SAML 2.0.';
  throw new SsoError('saml_version_unsupported', message, { want: '2.0', got });
}

// SAML Profiles 4.4.4.1: in a logout the issuer must be there.
function requireIssuer(root: XmlElement, want: string): void {
  const issuer = childNamed(root, namespaces.assertion, 'Issuer');
  const got = issuer ? valueOf(issuer) : 'none';
  if (got === want) return;
  const message = "The issuer is not this connection's identity provider: check its entity ID here.";
  throw new SsoError('saml_issuer_mismatch', message, { want, got: got.slice(0, 1024) });
}

// SAML Bindings 3.4.5.2 and 3.5.5.2: a signed message must say where it was to be delivered.
function requireDestination({ attributes }: XmlElement, want: string): void {
  const got = attributes.get('Destination') ?? 'none';
  if (got === want) return;
  const message = 'The destination is not our logout URL: copy it into the identity provider again.';
  throw new SsoError('saml_destination_mismatch', message, { want, got: got.slice(0, 1024) });
}

function requireFresh(root: XmlElement, expected: LogoutExpectations): void {
  const text = root.attributes.get('IssueInstant') ?? '';
  refuseBefore(text, 'IssueInstant of the logout message', expected);
  if (expected.now < lastArrival(root, expected)) return;
  const message = "The logout message is too old: try again, and if it stays so, set the IdP's clock.";
  const want = `made within ${freshForMs / 60_000} minutes before ${expected.now.toISOString()}`;
  throw new SsoError('saml_expired', message, { want, got: text });
}
