import { createHash } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { namespaces } from '../names';
import { readPublicKey } from './read-public-key';
import { acceptedDigests, acceptedKeys, acceptedSignatures, fits, keyFault } from './signature-algorithms';

/** The octets that a signature covers, in canonical form, and whose key fitted. */
export interface SignedOctets {
  readonly xml: string;
  readonly certificate: IdpCertificate;
}

/** Verifies the signature that is a child of the Response or of its Assertion, with each certificate in turn. */
export function verifySignature(
  xml: string,
  signed: 'Response' | 'Assertion',
  certificates: readonly IdpCertificate[],
): SignedOctets {
  const trial = new KeyTrial(certificates);
  const verifier = strictVerifier(trial);
  try {
    verifier.loadSignature(signatureOf(xml, signed));
    // False means that the digest differs; a value that no key made is thrown.
    if (!verifier.checkSignature(xml)) throw changed(signed);
  } catch (error) {
    throw error instanceof SsoError ? error : unfitting(signed, certificates, error);
  }
  return { xml: onlyReference(verifier), certificate: trial.fitted(signed, certificates) };
}

/** Remembers which certificate's key made the signature value. */
class KeyTrial {
  private found: IdpCertificate | undefined;

  constructor(private readonly certificates: readonly IdpCertificate[]) {}

  run(algorithm: string, material: string, value: string): boolean {
    const accepted = acceptedSignatures.get(algorithm);
    const octets = Buffer.from(value, 'base64');
    this.found = this.certificates.find(
      ({ pem }) => accepted && fits(accepted, readPublicKey(pem), material, octets),
    );
    return this.found !== undefined;
  }

  fitted(signed: string, certificates: readonly IdpCertificate[]): IdpCertificate {
    if (!this.found) throw unfitting(signed, certificates, undefined);
    const fault = keyFault(readPublicKey(this.found.pem));
    if (!fault) return this.found;
    const message =
      'The identity provider signs with a key that is not accepted: make a new certificate there.';
    throw new SsoError('saml_algorithm_weak', message, { want: acceptedKeys, got: fault });
  }
}

// The library's tables are replaced by ours, so that what it parses cannot name an algorithm that our own parse did not allow.
function strictVerifier(trial: KeyTrial): SignedXml {
  const verifier = new SignedXml({ publicCert: 'the certificates are tried by KeyTrial' });
  // Our own parse has refused an ID that occurs twice under any name; each name costs the library one more walk.
  verifier.idAttributes = ['ID'];
  verifier.HashAlgorithms = Object.fromEntries(
    [...acceptedDigests].map(([uri, hash]) => [uri, digestClass(uri, hash)]),
  );
  verifier.SignatureAlgorithms = Object.fromEntries(
    [...acceptedSignatures.keys()].map((uri) => [uri, signatureClass(uri, trial)]),
  );
  return verifier;
}

function digestClass(uri: string, hash: string) {
  return class {
    getAlgorithmName = () => uri;
    getHash = (xml: string) => createHash(hash).update(xml, 'utf8').digest('base64');
  };
}

function signatureClass(uri: string, trial: KeyTrial) {
  return class {
    getAlgorithmName = () => uri;
    getSignature = (): string => {
      throw new Error('This verifier does not sign.');
    };
    verifySignature = (material: string, _key: unknown, value: string) => trial.run(uri, material, value);
  };
}

function signatureOf(xml: string, signed: 'Response' | 'Assertion'): Node {
  const root = new DOMParser({ errorHandler: refuseFault }).parseFromString(xml, 'text/xml').documentElement;
  const parent = signed === 'Response' ? root : child(root, namespaces.assertion, 'Assertion');
  return child(parent, namespaces.signature, 'Signature');
}

function refuseFault(level: string, fault: unknown): void {
  throw new SsoError('saml_xml_invalid', 'The document is not well-formed XML.', {
    want: 'well-formed XML',
    got: `${level}: ${String(fault).slice(0, 200)}`,
  });
}

function child(parent: Element, namespace: string, name: string): Element {
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (isElement(node) && node.localName === name && node.namespaceURI === namespace) return node;
  }
  throw new SsoError('saml_structure_invalid', `${name} is missing.`, { want: name, got: 'none' });
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function onlyReference(verifier: SignedXml): string {
  const [octets, ...more] = verifier.getSignedReferences();
  if (octets !== undefined && more.length === 0) return octets;
  throw new SsoError('saml_reference_invalid', 'A signature must cover exactly one element.', {
    want: 1,
    got: verifier.getSignedReferences().length,
  });
}

function changed(signed: string): SsoError {
  const message = `The ${signed} was changed after it was signed.`;
  return new SsoError('saml_signature_invalid', message, {
    want: 'the digest that was signed',
    got: 'another',
  });
}

function unfitting(signed: string, certificates: readonly IdpCertificate[], cause: unknown): SsoError {
  const message = `No certificate of this connection fits the signature of the ${signed}: copy the identity provider's current certificate here.`;
  const want = certificates.map(({ fingerprint }) => fingerprint);
  return new SsoError('saml_signature_invalid', message, { want, got: 'another key' }, { cause });
}
