import { SsoError } from '@gatehouse/core';
import type { AskedLogout, NameId } from '@gatehouse/core';
import type { IncomingMessage } from '../binding/incoming-message';
import { namespaces } from '../names';
import { encrypted } from '../response/check-structure';
import { readNameId } from '../response/read-name-id';
import { refuseFrom } from '../response/validity-window';
import { childrenNamed, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { checkEnvelope, lastArrival } from './check-envelope';
import type { LogoutExpectations } from './check-envelope';
import { readAuthenticMessage } from './read-authentic-message';

const { assertion: saml, protocol: samlp, signature: ds } = namespaces;

/** A LogoutRequest that this connection's identity provider made for us, just now; what it asks is read separately. */
export interface AuthenticLogoutRequest {
  readonly id: string;
  readonly rememberUntil: Date;
  readonly element: XmlElement;
}

/** Throws where the message is not signed, not of this identity provider, not for us, or not in time. */
export function verifyLogoutRequest(
  message: IncomingMessage,
  expected: LogoutExpectations,
): AuthenticLogoutRequest {
  const element = readAuthenticMessage(message, expected);
  checkEnvelope(element, 'LogoutRequest', expected);
  const end = element.attributes.get('NotOnOrAfter');
  refuseFrom(end, 'NotOnOrAfter of the logout request', expected);
  // An ID is remembered for as long as its age lets the message in, whatever NotOnOrAfter says beyond that.
  return { id: requireId(element), rememberUntil: lastArrival(element, expected), element };
}

/** What an authentic request asks (SAML Core 3.7.1). What it throws is to be told to the identity provider. */
export function readLogoutRequest({ element, id, rememberUntil }: AuthenticLogoutRequest): AskedLogout {
  checkOrder(element);
  return {
    requestId: id,
    rememberUntil,
    nameId: readPrincipal(element),
    sessionIndexes: childrenNamed(element, samlp, 'SessionIndex').map(valueOf),
  };
}

function requireId({ attributes }: XmlElement): string {
  const id = attributes.get('ID') ?? '';
  if (id !== '') return id;
  throw new SsoError('saml_structure_invalid', 'The logout request has no ID.', { want: 'ID', got: 'none' });
}

const order = [
  [`${saml} Issuer`],
  [`${ds} Signature`],
  [`${samlp} Extensions`],
  [`${saml} BaseID`, `${saml} NameID`, `${saml} EncryptedID`],
];

function checkOrder({ children }: XmlElement): void {
  let reached = -1;
  for (const { namespace, name } of children) {
    const key = `${namespace} ${name}`;
    const isIndex = key === `${samlp} SessionIndex`;
    const place = isIndex ? order.length : order.findIndex((names) => names.includes(key));
    if (place < reached || (place === reached && !isIndex)) {
      const message = `${name} is not where the schema of a logout request puts it.`;
      throw new SsoError('saml_structure_invalid', message, { want: order.flat().join(', '), got: name });
    }
    reached = place;
  }
}

function readPrincipal(element: XmlElement): NameId {
  if (childrenNamed(element, saml, 'EncryptedID').length > 0) throw encrypted('NameID');
  const [nameId] = childrenNamed(element, saml, 'NameID');
  const read = nameId && nameId.children.length === 0 ? readNameId(nameId) : undefined;
  if (read && read.value !== '') return read;
  const message = 'The logout request names nobody: set the identity provider to send the NameID.';
  throw new SsoError('saml_nameid_missing', message, { want: 'one NameID', got: read?.value ?? 'none' });
}
