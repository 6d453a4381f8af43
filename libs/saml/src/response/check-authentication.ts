import { flowLifetimeMs, SsoError, staleAuthentication } from '@gatehouse/core';
import type { VerifiedIdentity } from '@gatehouse/core';
import type { Expectations } from './expectations';
import { namespaces } from '../names';
import { refuseBefore, refuseFrom } from './validity-window';
import type { Moment } from './validity-window';
import { childrenNamed } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { parseXsDateTime } from '../xml/xs-date-time';

type Authentication = Pick<VerifiedIdentity, 'authenticatedAt' | 'sessionIndex' | 'sessionNotOnOrAfter'>;

/**
 * SAML Core 2.7.2: when the person proved who they are, and until when that is to count. Only a request can force them to:
 * an answer that nobody asked for signs nobody in where that is wanted.
 */
export function checkAuthentication(
  assertion: XmlElement,
  expected: Expectations,
  inResponseTo: string | undefined,
): Authentication {
  const statements = childrenNamed(assertion, namespaces.assertion, 'AuthnStatement');
  const [first] = statements;
  if (!first) {
    const message = 'The assertion does not say how the person signed in (AuthnStatement).';
    throw new SsoError('saml_authn_statement_missing', message, { want: 'AuthnStatement', got: 'none' });
  }
  const instants = statements.map((statement) => authnInstant(statement, expected));
  if (expected.settings.forceAuthn && inResponseTo !== undefined)
    instants.forEach((instant) => refuseStale(instant, expected));
  const ends = statements.flatMap((statement) => sessionEnd(statement, expected));
  const sessionIndex = sessionIndexOf(first);
  const sessionNotOnOrAfter = earliest(ends);
  return {
    authenticatedAt: earliest(instants) ?? expected.now,
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(sessionNotOnOrAfter ? { sessionNotOnOrAfter } : {}),
  };
}

function authnInstant(statement: XmlElement, expected: Expectations): Date {
  const text = statement.attributes.get('AuthnInstant') ?? 'none';
  const instant = parseXsDateTime(text, 'AuthnInstant');
  refuseBefore(text, 'AuthnInstant', expected);
  return instant;
}

// SAML Core 3.4.1: no flow is older than its lifetime, so a sign-in made for it is not either; whoever takes the flow knows more exactly.
function refuseStale(instant: Date, { now, settings }: Expectations): void {
  const oldest = new Date(now.getTime() - flowLifetimeMs - settings.clockSkewSeconds * 1000);
  if (instant < oldest) throw staleAuthentication(oldest, instant);
}

/** Each session keeps it, and the address of a logout request repeats it. */
const longestIndex = 1024;

function sessionIndexOf({ attributes }: XmlElement): string | undefined {
  const index = attributes.get('SessionIndex');
  if (index === undefined || index.length <= longestIndex) return index;
  const message = 'The SessionIndex is too long: set the identity provider to send a short one, or none.';
  const details = { want: `at most ${longestIndex} characters`, got: index.length };
  throw new SsoError('saml_structure_invalid', message, details);
}

function sessionEnd(statement: XmlElement, expected: Expectations): Date[] {
  const text = statement.attributes.get('SessionNotOnOrAfter');
  const end = refuseFrom(text, 'SessionNotOnOrAfter', withoutSkew(expected), 'saml_session_expired');
  return end ? [end] : [];
}

// A session that ends by our own clock before it begins would let nobody in: no skew makes it longer (SML-12).
function withoutSkew({ now }: Expectations): Moment {
  return { now, settings: { clockSkewSeconds: 0 } };
}

function earliest(dates: readonly Date[]): Date | undefined {
  return dates.toSorted((one, other) => one.getTime() - other.getTime())[0];
}
