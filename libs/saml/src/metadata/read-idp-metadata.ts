import { SsoError } from '@gatehouse/core';
import type { Binding, IdpCertificate, IdpDescription, IdpEndpoint } from '@gatehouse/core';
import { checkEntityId, checkSsoUrl, incomplete, requireCertificates } from './describe-idp';
import { bindings, namespaces } from '../names';
import { parseXml } from '../xml/parse-xml';
import { distinctCertificates, readCertificates } from './read-certificates';
import { childrenNamed, everyElement, is, trimXml } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { metadata: md, protocol: samlp, signature: ds } = namespaces;
const spoken = new Map<string, Binding>([
  [bindings.redirect, 'redirect'],
  [bindings.post, 'post'],
]);
const maxBytes = 1024 * 1024;
const limits = { depth: 64, attributes: 64, elements: 30_000, nodes: 60_000, namespaces: 256 };
const codes = { malformed: 'metadata_not_xml', excessive: 'response_too_large' } as const;

/** An identity provider's own description of itself (SAML Metadata 2.4.3), as pasted, uploaded or fetched. */
export function readIdpMetadata(xml: string | Uint8Array, now: Date): IdpDescription {
  const root = parseXml(readText(xml), limits, codes);
  const entity = soleIdp(root);
  refuseOutdated(entity, now);
  const role = idpRoles(entity);
  return {
    entityId: checkEntityId(entity.attributes.get('entityID') ?? ''),
    sso: requireEndpoint(endpoints(role, 'SingleSignOnService')),
    slo: endpoints(role, 'SingleLogoutService'),
    certificates: requireCertificates(distinctCertificates(role.flatMap(signingCertificates))),
    wantsSignedRequests: role.some(wantsSignedRequests),
  };
}

function readText(xml: string | Uint8Array): string {
  if (Buffer.byteLength(xml) > maxBytes) {
    const message = 'Give the metadata of one identity provider: this document is larger than 1 MiB.';
    throw new SsoError('response_too_large', message, { want: maxBytes, got: Buffer.byteLength(xml) });
  }
  const text = trimXml((typeof xml === 'string' ? xml : decode(xml)).replace(/^\ufeff/, ''));
  refuseOtherDocuments(text);
  return text;
}

function decode(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch (cause) {
    const message = 'The metadata is not UTF-8: save it as UTF-8.';
    throw new SsoError('metadata_not_xml', message, { want: 'UTF-8', got: 'other octets' }, { cause });
  }
}

function refuseOtherDocuments(text: string): void {
  if (/^(?:<!--[^>]{0,200}-->\s*)?<(?:!doctype\s+)?html[\s>]/i.test(text)) {
    const message = 'This address answers with a web page, often a sign-in page: copy the metadata address.';
    throw new SsoError('metadata_is_html', message, { want: 'SAML metadata', got: 'HTML' });
  }
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) {
    const message = 'The metadata carries a DOCTYPE or an entity declaration, which is never accepted.';
    throw new SsoError('saml_dtd_forbidden', message, { want: 'no DTD', got: 'DTD' });
  }
}

function soleIdp(root: XmlElement): XmlElement {
  const entities = [...everyElement(root)].filter((element) => is(element, md, 'EntityDescriptor'));
  const [idp, ...more] = entities.filter((entity) => idpRoles(entity).length > 0);
  if (!idp) throw noIdp(root, entities);
  if (more.length === 0) return idp;
  const message = 'The metadata describes several identity providers: give the metadata of one.';
  throw incomplete(message, 'one identity provider', more.length + 1);
}

/** Only this role's keys and endpoints count: a document may describe a service provider of the same owner too. */
function idpRoles(entity: XmlElement): readonly XmlElement[] {
  return childrenNamed(entity, md, 'IDPSSODescriptor').filter((role) =>
    (role.attributes.get('protocolSupportEnumeration') ?? samlp).split(/\s+/).includes(samlp),
  );
}

function noIdp(root: XmlElement, entities: readonly XmlElement[]): SsoError {
  const roles = entities.flatMap((entity) => entity.children.map(({ name }) => name));
  const got = roles.filter((name) => name.endsWith('Descriptor'));
  const message = got.includes('SPSSODescriptor')
    ? 'This is the metadata of a service provider: give that of the identity provider.'
    : 'The metadata describes no SAML 2.0 identity provider.';
  const details = { want: 'IDPSSODescriptor', got: got.length > 0 ? got.slice(0, 10) : root.name };
  return new SsoError('metadata_no_idp_role', message, details);
}

// SAML Metadata 2.3.2: past its validity metadata must not be used.
function refuseOutdated(entity: XmlElement, now: Date): void {
  const validUntil = entity.attributes.get('validUntil');
  if (validUntil === undefined || !(Date.parse(validUntil) <= now.getTime())) return;
  throw incomplete(
    'This metadata is out of date: download it again.',
    `valid at ${now.toISOString()}`,
    validUntil,
  );
}

/** The endpoints whose binding we speak, in the document's order; others are passed over. */
function endpoints(
  roles: readonly XmlElement[],
  name: 'SingleSignOnService' | 'SingleLogoutService',
): readonly IdpEndpoint[] {
  return roles.flatMap((role) => childrenNamed(role, md, name)).flatMap(endpoint);
}

function endpoint({ attributes }: XmlElement): IdpEndpoint[] {
  const binding = spoken.get(attributes.get('Binding') ?? '');
  const responseUrl = attributes.get('ResponseLocation');
  if (!binding) return [];
  const url = checkSsoUrl(attributes.get('Location') ?? '');
  return [{ binding, url, ...(responseUrl === undefined ? {} : { responseUrl: checkSsoUrl(responseUrl) }) }];
}

function requireEndpoint(found: readonly IdpEndpoint[]): readonly IdpEndpoint[] {
  if (found.length > 0) return found;
  const message = 'The metadata names no sign-on URL by HTTP-Redirect or HTTP-POST.';
  throw incomplete(message, 'SingleSignOnService', 'none');
}

function wantsSignedRequests({ attributes }: XmlElement): boolean {
  return ['true', '1'].includes(attributes.get('WantAuthnRequestsSigned') ?? '');
}

// SAML Metadata 2.4.1.1: a key without a use serves every use.
function signingCertificates(role: XmlElement): readonly IdpCertificate[] {
  const keys = childrenNamed(role, md, 'KeyDescriptor').filter(
    ({ attributes }) => (attributes.get('use') ?? 'signing') === 'signing',
  );
  const values = keys.flatMap((key) =>
    [...everyElement(key)].filter((each) => is(each, ds, 'X509Certificate')),
  );
  return values.flatMap(({ text }) => readCertificates(text));
}
