import {
  assertionId,
  assertionIn,
  change,
  honest,
  insert,
  signAssertion,
  signatureIn,
  signResponse,
} from '../honest';
import { extended, forgedBare, misplaced, signed, swap } from './forgeries';
import type { Row } from './row';

export const names: readonly Row[] = [
  [
    'assertion-in-lookalike-namespace',
    'The forged assertion stands in a namespace that only looks right',
    'saml_assertion_missing',
    () =>
      extended(
        swap(signed(), forgedBare().replaceAll('SAML:2.0:assertion"', 'SAML:2.0:assertion/"')),
        '<x/>',
      ),
  ],
  [
    'assertion-of-saml-1',
    'The assertion stands in the namespace of SAML 1.1',
    'saml_assertion_missing',
    () => {
      const old = assertionIn(signed()).replaceAll('SAML:2.0:assertion"', 'SAML:1.0:assertion"');
      return swap(signed(), old);
    },
  ],
  [
    'assertion-in-small-letters',
    'The element is called "assertion"',
    'saml_assertion_missing',
    () => signed().replaceAll('saml:Assertion', 'saml:assertion'),
  ],
  [
    'no-assertion',
    'The response reports success and carries no assertion',
    'saml_assertion_missing',
    () => signResponse(swap(honest(), '')),
  ],
  [
    'assertion-before-status',
    'The assertion stands before the status',
    misplaced,
    () => insert(swap(signed(), ''), '<samlp:Status>', assertionIn(signed())),
  ],
  [
    'unknown-child-of-response',
    'The response has a child that the schema does not know',
    misplaced,
    () => insert(signed(), '<samlp:Status>', '<samlp:Hint/>'),
  ],
  [
    'two-statuses',
    'The response has two statuses',
    misplaced,
    () =>
      insert(
        signed(),
        '<saml:Assertion ',
        '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>',
      ),
  ],
  [
    'two-issuers-of-response',
    'The response has two issuers',
    misplaced,
    () => insert(signed(), '<samlp:Status>', '<saml:Issuer>https://idp.example/entity</saml:Issuer>'),
  ],
  [
    'stray-response',
    'A second response, which holds nothing, stands in Extensions',
    misplaced,
    () => extended(signed(), '<samlp:Response Version="2.0"/>'),
  ],
  [
    'stray-signed-info',
    'A second SignedInfo stands in Extensions',
    misplaced,
    () =>
      extended(
        signed(),
        /<ds:SignedInfo>.*<\/ds:SignedInfo>/
          .exec(signed())?.[0]
          .replaceAll('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">') ??
          '',
      ),
  ],
  [
    'stray-signature-in-value',
    'A second signature stands in an attribute value',
    misplaced,
    () =>
      signAssertion(
        change(honest(), '>staff<', `>${signatureIn(signed()).replaceAll(assertionId, '_other')}<`),
      ),
  ],
];
