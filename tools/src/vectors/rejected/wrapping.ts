import { assertionIn, change, forged, honest, insert, signatureIn, without } from '../honest';
import { signElement } from '../sign-element';
import {
  bareAssertion,
  extended,
  forgedBare,
  forgedWithSignature,
  misplaced,
  several,
  signed,
  signedWhole,
  swap,
} from './forgeries';
import { identifiers, roots } from './misnamed';
import { vectors } from './row';
import type { Row } from './row';
import { names } from './strange-children';

const paper = 'Somorovsky et al., On Breaking SAML, USENIX Security 2012';

const bareOf = (xml: string) => without(xml, signatureIn(xml));
const inObject = (xml: string) => (signature: string) =>
  insert(signature, '</ds:Signature>', `<ds:Object>${xml}</ds:Object>`);
const classic: readonly Row[] = [
  [
    'xsw1-response-in-signature',
    'XSW1: a forged response carries the honest signature, and the honest response inside of that',
    several,
    () => {
      const signature = inObject(bareOf(signedWhole()))(signatureIn(signedWhole()));
      return insert(forged(bareOf(signedWhole())), '<samlp:Status>', signature);
    },
  ],
  [
    'xsw2-response-beside-signature',
    'XSW2: a forged response holds the honest one beside the detached signature',
    several,
    () =>
      insert(
        forged(bareOf(signedWhole())),
        '<samlp:Status>',
        `${bareOf(signedWhole())}${signatureIn(signedWhole())}`,
      ),
  ],
  [
    'xsw3-forged-sibling-first',
    'XSW3: a forged assertion stands before the signed one',
    several,
    () => insert(signed(), '<saml:Assertion ', forgedBare()),
  ],
  [
    'xsw4-signed-inside-forged',
    'XSW4: the signed assertion is a child of a forged one',
    several,
    () => swap(signed(), insert(forgedBare(), '</saml:Assertion>', assertionIn(signed()))),
  ],
  [
    'xsw5-honest-copy-last',
    'XSW5: a forged assertion has the signature, and the honest one, bare, comes last',
    several,
    () => swap(signed(), `${forgedWithSignature()}${bareAssertion(signed())}`),
  ],
  [
    'xsw6-honest-copy-in-signature',
    'XSW6: the honest assertion stands inside the signature of a forged one',
    several,
    () =>
      swap(
        signed(),
        forgedWithSignature((signature) => insert(signature, '</ds:Signature>', bareAssertion(signed()))),
      ),
  ],
  [
    'xsw7-forged-in-extensions',
    'XSW7: a forged assertion stands in Extensions',
    several,
    () => extended(signed(), forgedBare()),
  ],
  [
    'xsw8-honest-copy-in-object',
    'XSW8: the honest assertion stands in an Object of the signature of a forged one',
    several,
    () => swap(signed(), forgedWithSignature(inObject(bareAssertion(signed())))),
  ],
];

const insides: readonly Row[] = [
  [
    'signed-in-extensions',
    'The signed assertion stands in Extensions, a forged one at its place',
    several,
    () => extended(swap(signed(), forgedBare()), assertionIn(signed())),
  ],
  [
    'signed-in-extensions-alone',
    'The signed assertion stands in Extensions, and nothing at its place',
    misplaced,
    () => extended(swap(signed(), ''), assertionIn(signed())),
    { heldBy: 'the place of the assertion' },
  ],
  [
    'signed-in-response-signature',
    "The signed assertion stands in an Object of the response's own signature",
    several,
    () =>
      insert(forged(honest()), '<samlp:Status>', inObject(assertionIn(signed()))(signatureIn(signedWhole()))),
  ],
  [
    'signed-last',
    'The signed assertion stands behind a forged one',
    several,
    () => swap(signed(), `${forgedBare()}${assertionIn(signed())}`),
  ],
  [
    'forged-last',
    'A forged assertion stands behind the signed one',
    several,
    () => swap(signed(), `${assertionIn(signed())}${forgedBare()}`),
  ],
  [
    'signed-in-advice',
    'The signed assertion stands in the Advice of a forged one, whose signature points at it',
    several,
    () =>
      swap(
        signed(),
        insert(
          forgedWithSignature(),
          '<saml:AuthnStatement',
          `<saml:Advice>${bareAssertion(signed())}</saml:Advice>`,
        ),
      ),
    { reference: 'SAML Core 2.6.1' },
  ],
  [
    'signed-in-attribute-value',
    'The signed assertion is a value of an attribute of a forged one',
    several,
    () => swap(signed(), change(forgedBare(), '>staff<', `>${assertionIn(signed())}<`)),
  ],
  [
    'signed-in-confirmation-data',
    'The signed assertion stands in the confirmation data of a forged one',
    several,
    () =>
      swap(
        signed(),
        change(
          forgedBare(),
          /(?<=<saml:SubjectConfirmationData [^>]*)\/>/,
          `>${assertionIn(signed())}</saml:SubjectConfirmationData>`,
        ),
      ),
  ],
  [
    'signed-in-authn-context',
    'The signed assertion stands in the authentication context of a forged one',
    several,
    () =>
      swap(
        signed(),
        insert(
          forgedBare(),
          '</saml:AuthnContext>',
          `<saml:AuthnContextDecl>${assertionIn(signed())}</saml:AuthnContextDecl>`,
        ),
      ),
  ],
  [
    'signed-in-conditions',
    'The signed assertion stands in the conditions of a forged one',
    several,
    () => swap(signed(), insert(forgedBare(), '</saml:Conditions>', assertionIn(signed()))),
  ],
  [
    'signed-in-status-detail',
    'The signed assertion stands in StatusDetail, a forged one at its place',
    several,
    () =>
      insert(
        swap(signed(), forgedBare()),
        '</samlp:Status>',
        `<samlp:StatusDetail>${assertionIn(signed())}</samlp:StatusDetail>`,
      ),
  ],
  [
    'signed-in-name-id',
    'The signed assertion stands inside the NameID of a forged one',
    several,
    () => swap(signed(), insert(forgedBare(), '</saml:NameID>', assertionIn(signed()))),
  ],
  [
    'signed-in-issuer',
    'The signed assertion stands inside the issuer of the response',
    several,
    () => insert(swap(signed(), forgedBare()), '</saml:Issuer>', assertionIn(signed())),
  ],
  [
    'signed-response-in-assertion',
    'A whole signed response stands in the Advice of a forged assertion',
    several,
    () =>
      swap(
        forged(honest()),
        insert(forgedBare(), '<saml:AuthnStatement', `<saml:Advice>${signedWhole()}</saml:Advice>`),
      ),
  ],
  [
    'signed-response-in-extensions',
    'A whole signed response stands in Extensions of a forged one',
    several,
    () => extended(forged(honest()), signedWhole()),
  ],
  [
    'two-honest-assertions',
    'The response holds two assertions that are both honest and signed',
    several,
    () =>
      insert(
        signed(),
        '<saml:Assertion ',
        assertionIn(signElement(honest({ assertionId: '_second' }), '_second')),
      ),
  ],
  [
    'assertion-in-every-place',
    'Forged assertions stand in front of, behind, and inside of the signed one',
    several,
    () =>
      insert(
        insert(signed(), '</saml:Assertion>', forgedBare()),
        '<saml:Assertion ',
        forgedBare().replaceAll('-forged', '-other'),
      ),
  ],
];

export const wrapping = [
  ...vectors(
    ['SML-3'],
    classic.map(([name, what, code, make]): Row => [name, what, code, make, { reference: paper }]),
  ),
  ...vectors(['SML-3'], [...insides, ...roots, ...identifiers, ...names]),
];
