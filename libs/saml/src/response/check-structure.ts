import { silentChecks, SsoError } from '@gatehouse/core';
import { checkAssertionOrder, checkResponseOrder, refuseStrays } from './check-places';
import { refuseFailedStatus } from './check-status';
import { namespaces } from '../names';
import type { Signable } from '../signature/read-signature';
import { checkDocument } from '../xml/check-document';
import { childNamed, everyElement, is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml, protocol: samlp, signature: ds } = namespaces;

/** The places that the schema gives to what we verify and read. */
export interface MessageParts {
  readonly response: Signable;
  /** An `EncryptedAssertion` shows no signature: its own one, if any, is inside. */
  readonly assertion: Signable;
}

/** One Response, one Assertion, each at its place and signed at most once; nothing of the kind anywhere else. */
export function checkStructure(root: XmlElement, checks = silentChecks()): MessageParts {
  requireElement(root, samlp, 'Response');
  const elements = everyElement(root);
  checkDocument(elements);
  // Before anything else is asked of it: a failed sign-in has no assertion, and the reason is what helps.
  checks.run('status', () => refuseFailedStatus(root));
  const assertion = soleAssertion(elements);
  if (!root.children.includes(assertion)) throw elsewhere();
  checkResponseOrder(root);
  const parts = { response: signable(root), assertion: signable(assertion) };
  if (!isEncrypted(assertion)) checkAssertionOrder(assertion);
  refuseStrays(elements, [parts.response, parts.assertion]);
  return parts;
}

/** The same of an assertion that came encrypted, and is a document of its own now. */
export function checkDecryptedAssertion(root: XmlElement): Signable {
  requireElement(root, saml, 'Assertion');
  const elements = everyElement(root);
  checkDocument(elements);
  soleAssertion(elements);
  checkAssertionOrder(root);
  const assertion = signable(root);
  refuseStrays(elements, [assertion]);
  return assertion;
}

/** Whether it must be decrypted before anything can be said of it. */
export function isEncrypted(assertion: XmlElement): boolean {
  return is(assertion, saml, 'EncryptedAssertion');
}

/** What a connection cannot read. */
export function encrypted(what: string): SsoError {
  const message = `The ${what} is encrypted, which this version cannot read: turn encryption off at the identity provider.`;
  return new SsoError('saml_encrypted_unsupported', message, { want: 'not encrypted', got: 'encrypted' });
}

function requireElement(root: XmlElement, namespace: string, name: string): void {
  if (is(root, namespace, name)) return;
  throw new SsoError('saml_structure_invalid', `This is something other than a SAML 2.0 ${name}.`, {
    want: `{${namespace}}${name}`,
    got: `{${root.namespace}}${root.name}`,
  });
}

function soleAssertion(elements: readonly XmlElement[]): XmlElement {
  const all = elements.filter((element) => is(element, saml, 'Assertion') || isEncrypted(element));
  const [first, second] = all;
  if (!first) {
    const message = 'The response carries no assertion; assign the person to the application at the IdP.';
    throw new SsoError('saml_assertion_missing', message, { want: 1, got: 0 });
  }
  if (!second) return first;
  const message = 'The response carries more than one assertion; it must carry exactly one.';
  throw new SsoError('saml_multiple_assertions', message, { want: 1, got: all.length });
}

function elsewhere(): SsoError {
  const message = 'The assertion is not where the schema puts it.';
  return new SsoError('saml_structure_invalid', message, { want: 'a child of Response', got: 'elsewhere' });
}

// What is encrypted cannot vouch for itself: a signature beside the ciphertext is out of place.
function signable(element: XmlElement): Signable {
  const signature = isEncrypted(element) ? undefined : childNamed(element, ds, 'Signature');
  return signature ? { element, signature } : { element };
}
