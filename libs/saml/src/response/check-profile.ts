import { SsoError } from '@gatehouse/core';
import type { ServiceProvider, VerifiedIdentity } from '@gatehouse/core';
import { checkAuthentication } from './check-authentication';
import { checkConditions } from './check-conditions';
import { checkConfirmation } from './check-confirmation';
import { refuseFailedStatus } from './check-status';
import type { Expectations } from './expectations';
import { namespaces } from '../names';
import type { SignedParts } from './read-signed-parts';
import { childNamed, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { parseXsDateTime } from '../xml/xs-date-time';

type ProfileFacts = Pick<
  VerifiedIdentity,
  | 'assertionId'
  | 'inResponseTo'
  | 'rememberUntil'
  | 'authenticatedAt'
  | 'sessionIndex'
  | 'sessionNotOnOrAfter'
>;

/** The web browser SSO profile (SAML Profiles 4.1.4.2 and 4.1.4.3). */
export function checkProfile(signed: SignedParts, expected: Expectations): ProfileFacts {
  const { response, assertion } = signed;
  const { checks } = expected;
  checks.run('status', () => refuseFailedStatus(response));
  checks.run('version', () => [response, assertion].forEach(checkVersion));
  const assertionId = checks.run('version', () => requireId(assertion));
  checks.run('issuer', () => checkIssuers(signed, expected.idp.entityId));
  checks.run('destination', () => checkDestination(signed, expected.serviceProvider));
  const confirm = () => checkConfirmation(signed, expected);
  const { inResponseTo, ends } = checks.run('confirmation', confirm);
  const conditionsEnd = checks.run('conditions', () => checkConditions(assertion, expected));
  return {
    ...checks.run('authentication', () => checkAuthentication(assertion, expected, inResponseTo)),
    assertionId,
    ...(inResponseTo === undefined ? {} : { inResponseTo }),
    rememberUntil: rememberUntil(expected, ...ends, conditionsEnd),
  };
}

function checkVersion(element: XmlElement): void {
  const got = element.attributes.get('Version') ?? 'none';
  if (got !== '2.0') {
    const message = 'Set the identity provider to SAML 2.0.';
    throw new SsoError('saml_version_unsupported', message, { want: '2.0', got });
  }
  parseXsDateTime(element.attributes.get('IssueInstant') ?? '', `IssueInstant of the ${element.name}`);
}

// SAML Core 2.3.3. Under a signed response nothing else asks for it, and without it no replay could be told.
function requireId({ attributes }: XmlElement): string {
  const id = attributes.get('ID');
  if (id !== undefined) return id;
  const message = 'The assertion has no ID: set the identity provider to SAML 2.0.';
  throw new SsoError('saml_structure_invalid', message, { want: 'ID', got: 'none' });
}

function checkIssuers({ response, assertion }: SignedParts, want: string): void {
  const ofResponse = childNamed(response, namespaces.assertion, 'Issuer');
  const ofAssertion = childNamed(assertion, namespaces.assertion, 'Issuer');
  if (ofResponse) requireIssuer(valueOf(ofResponse), want);
  requireIssuer(ofAssertion ? valueOf(ofAssertion) : 'none', want);
}

function requireIssuer(got: string, want: string): void {
  if (got === want) return;
  const message = "The issuer is not this connection's identity provider: check its entity ID here.";
  throw new SsoError('saml_issuer_mismatch', message, { want, got: got.slice(0, 1024) });
}

// SAML Bindings 3.5.5.2: a signed message must say where it was to be delivered.
function checkDestination({ response, responseIsSigned }: SignedParts, sp: ServiceProvider): void {
  const got = response.attributes.get('Destination');
  if (got === undefined && !responseIsSigned) return;
  if (got === sp.acsUrl || got === sp.acsUrlByQuery) return;
  const message = 'The destination is not our ACS URL: copy it into the identity provider again.';
  throw new SsoError('saml_destination_mismatch', message, { want: sp.acsUrl, got: got ?? 'none' });
}

const quarterHour = 15 * 60_000;

function rememberUntil({ now, settings }: Expectations, ...ends: readonly (Date | undefined)[]): Date {
  const skew = settings.clockSkewSeconds * 1000;
  const moments = ends.flatMap((end) => (end ? [end.getTime() + skew] : []));
  return new Date(Math.max(now.getTime() + quarterHour, ...moments));
}
