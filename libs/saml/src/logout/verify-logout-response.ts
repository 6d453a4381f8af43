import { SsoError } from '@gatehouse/core';
import type { IncomingMessage } from '../binding/incoming-message';
import { namespaces } from '../names';
import { childNamed } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { checkEnvelope } from './check-envelope';
import type { LogoutExpectations } from './check-envelope';
import { readAuthenticMessage } from './read-authentic-message';

/** What the identity provider says came of our request. */
export interface LogoutAnswer {
  readonly inResponseTo: string;
  /** The most precise status code: what is left over at other services is the IdP's affair. */
  readonly status: string;
}

/** Throws where the answer is not signed, not of this identity provider, not for us, or not in time. */
export function verifyLogoutResponse(message: IncomingMessage, expected: LogoutExpectations): LogoutAnswer {
  const element = readAuthenticMessage(message, expected);
  checkEnvelope(element, 'LogoutResponse', expected);
  const inResponseTo = element.attributes.get('InResponseTo') ?? '';
  if (inResponseTo !== '') return { inResponseTo, status: statusOf(element) };
  throw new SsoError('saml_in_response_to_unknown', 'The logout answer names no request of ours.', {
    want: 'InResponseTo',
    got: 'none',
  });
}

// SAML Core 3.2.2.2: the second code, where there is one, says more.
function statusOf(element: XmlElement): string {
  const status = childNamed(element, namespaces.protocol, 'Status');
  const code = status && childNamed(status, namespaces.protocol, 'StatusCode');
  const detail = code && childNamed(code, namespaces.protocol, 'StatusCode');
  const value = (detail ?? code)?.attributes.get('Value');
  if (value !== undefined) return value.slice(0, 200);
  const message = 'The logout answer has no status.';
  throw new SsoError('saml_structure_invalid', message, { want: 'StatusCode', got: 'none' });
}
