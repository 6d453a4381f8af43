import { X509Certificate } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import { namespaces } from '../names';
import { childrenNamed, everyElement, is, trimXml } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { incomplete } from './describe-idp';
import { distinctCertificates, readCertificates, refuseCrowd } from './read-certificates';

const { metadata: md, signature: ds } = namespaces;

/** The certificates that an identity provider signs with, each once; at least one. */
export function readSigningCertificates(roles: readonly XmlElement[]): readonly IdpCertificate[] {
  const lists = distinctLists(roles.flatMap(signingKeys).flatMap(x509Data).map(certificateTexts));
  const found = distinctCertificates(acceptable(lists));
  if (found.length > 0) return found;
  const message =
    'The metadata names no signing certificate: choose one at the identity provider, or enter the values by hand.';
  throw incomplete(message, 'at least one certificate', 'none');
}

/** What stands in one X509Data, each such list once: reading and comparing them is what costs. */
function distinctLists(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const distinct = new Map(lists.map((list) => [list.join(' '), list]));
  refuseCrowd(distinct.size);
  refuseCrowd(new Set(lists.flat()).size);
  return [...distinct.values()];
}

// SAML Metadata 2.4.1.1: a key without a use serves every use.
function signingKeys(role: XmlElement): readonly XmlElement[] {
  return childrenNamed(role, md, 'KeyDescriptor').filter(
    ({ attributes }) => trimXml(attributes.get('use') ?? 'signing') === 'signing',
  );
}

function x509Data(key: XmlElement): readonly XmlElement[] {
  return everyElement(key).filter((each) => is(each, ds, 'X509Data'));
}

function certificateTexts(data: XmlElement): readonly string[] {
  return [...new Set(childrenNamed(data, ds, 'X509Certificate').map(({ text }) => text))];
}

// Old keys linger in metadata: a weak one is an obstacle only where there is no other.
function acceptable(lists: readonly (readonly string[])[]): readonly IdpCertificate[] {
  const weak: SsoError[] = [];
  const certificates = lists.flatMap((texts) =>
    withoutIssuers(texts.flatMap((text) => readUnlessWeak(text, weak))),
  );
  if (weak[0] && certificates.length === 0) throw weak[0];
  return certificates;
}

function readUnlessWeak(text: string, weak: SsoError[]): readonly IdpCertificate[] {
  try {
    return readCertificates(text);
  } catch (error) {
    if (!(error instanceof SsoError) || error.code !== 'certificate_weak') throw error;
    weak.push(error);
    return [];
  }
}

// XML Signature 4.5.4: beside the key's certificate may stand the chain that it comes from, and those keys sign no answers.
function withoutIssuers(certificates: readonly IdpCertificate[]): readonly IdpCertificate[] {
  if (certificates.length < 2) return certificates;
  const all = certificates.map((certificate) => ({
    certificate,
    x509: new X509Certificate(certificate.pem),
  }));
  return all
    .filter(({ x509 }) => !all.some((other) => issued(x509, other.x509)))
    .map(({ certificate }) => certificate);
}

// Two certificates of one name and key, as after a renewal, seem to have issued one another: each signed itself.
function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  return (
    subject !== issuer &&
    subject.checkIssued(issuer) &&
    subject.verify(issuer.publicKey) &&
    !subject.verify(subject.publicKey)
  );
}
