import { createHash, createSign } from 'node:crypto';
import { generateKeyAndCertificate } from '@gatehouse/tools/saml-idp';
import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { SignedXml } from 'xml-crypto';
import {
  aConnection,
  at,
  certificateOf,
  entityId,
  insert,
  key,
  now,
  requestId,
  responseXml,
  sp,
  substitute,
  verify,
  verifyXml,
} from '../../test/answers';
import { ellipticKey } from '../../test/elliptic-key';

const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ecdsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';
const sha384 = 'http://www.w3.org/2001/04/xmldsig-more#sha384';

/** Signs with what the library does not bring along. */
function signedOnCurve(): string {
  const signer = new SignedXml({ privateKey: ellipticKey.privateKeyPem, signatureAlgorithm: ecdsaSha256 });
  signer.canonicalizationAlgorithm = c14n;
  signer.SignatureAlgorithms[ecdsaSha256] = class {
    getAlgorithmName = () => ecdsaSha256;
    verifySignature = () => false;
    getSignature = (info: string) =>
      createSign('sha256')
        .update(info)
        .sign({ key: ellipticKey.privateKeyPem, dsaEncoding: 'ieee-p1363' }, 'base64');
  };
  signer.HashAlgorithms[sha384] = class {
    getAlgorithmName = () => sha384;
    getHash = (xml: string) => createHash('sha384').update(xml).digest('base64');
  };
  const xpath = "//*[local-name(.)='Assertion']";
  const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', c14n];
  signer.addReference({ xpath, transforms, digestAlgorithm: sha384 });
  const location = { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' } as const;
  signer.computeSignature(responseXml({ sign: 'none' }), { location });
  return signer.getSignedXml();
}

const oddPrefixes = (xml: string) =>
  xml
    .replaceAll('samlp:', 'ns0:')
    .replaceAll('xmlns:samlp', 'xmlns:ns0')
    .replaceAll('saml:', 'ns1:')
    .replaceAll('xmlns:saml=', 'xmlns:ns1=');

const twoRestrictions = (xml: string) =>
  insert(
    xml,
    '</saml:Conditions>',
    `<saml:AudienceRestriction><saml:Audience>${sp.entityId}</saml:Audience></saml:AudienceRestriction><saml:OneTimeUse/>`,
  );

const otherConfirmation = (xml: string) =>
  insert(
    xml,
    '<saml:SubjectConfirmation ',
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"/><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="https://other.example/acs"/></saml:SubjectConfirmation>',
  );

describe('verifyResponse accepts', () => {
  it.each<[string, ResponseChanges]>([
    ['a signed assertion', { sign: 'assertion' }],
    ['a signed response', { sign: 'response' }],
    ['both signed', { sign: 'both' }],
    ['CRLF line ends', { xml: (xml) => xml.replaceAll('><', '>\r\n<'), sign: 'both' }],
    ['odd prefixes', { xml: oddPrefixes, sign: 'both' }],
    ['a comment between elements', { signedXml: (xml) => insert(xml, '<samlp:Status>', '<!-- pretty -->') }],
    ['a byte order mark and a declaration', { signedXml: (xml) => `\ufeff<?xml version="1.0"?>\n${xml}` }],
    ['white space around values', { xml: (xml) => xml.replaceAll(entityId, `\n  ${entityId}\n`) }],
    ['several audiences', { audience: ['https://other.example', sp.entityId] }],
    ['several restrictions that all name us', { xml: twoRestrictions }],
    ['one usable confirmation among others', { xml: otherConfirmation }],
    ['the ACS address by query', { destination: sp.acsUrlByQuery, recipient: sp.acsUrlByQuery }],
    ['no destination where the response is unsigned', { destination: null }],
    ['no issuer on the response', { responseIssuer: null, sign: 'assertion' }],
    ['no format of the NameID', { nameIdFormat: null }],
    ['a clock within the skew', { notBefore: at(2), notOnOrAfter: at(60), authnInstant: at(2) }],
    ['an end within the skew', { notOnOrAfter: at(-2) }],
    ['fractions of seconds', { xml: (xml) => xml.replaceAll('.000Z', '.0000000Z') }],
  ])('%s [SML-3] [SML-5] [SML-6]', (_what, changes) => {
    expect(verify(changes)).toMatchObject({ subject: 'ann@acme.example', email: 'ann@acme.example' });
  });

  it('RSA-SHA512 and ECDSA-SHA256 with SHA-384 digests [SML-4]', () => {
    expect(verifyXml(responseXml({}, { signatureAlgorithm: 'rsa-sha512' })).subject).toBe('ann@acme.example');
    const connection = aConnection({}, [ellipticKey.certificatePem]);
    expect(verifyXml(signedOnCurve(), connection).subject).toBe('ann@acme.example');
  });

  it('the second certificate of a connection, and tells which one fitted [SML-3]', () => {
    const connection = aConnection({}, [generateKeyAndCertificate().certificatePem, key.certificatePem]);
    const { certificateFingerprint } = verifyXml(responseXml({ sign: 'both' }), connection);
    expect(certificateFingerprint).toBe(certificateOf(key.certificatePem).fingerprint);
  });

  it('two signatures of two certificates, and tells the one of the assertion [SML-3] [CRT-3]', () => {
    const other = generateKeyAndCertificate();
    const inner = responseXml({ sign: 'assertion' });
    const both = responseXml({ sign: 'response', xml: () => inner }, { key: other });
    const connection = aConnection({}, [other.certificatePem, key.certificatePem]);
    const { certificateFingerprint } = verifyXml(both, connection);
    expect(certificateFingerprint).toBe(certificateOf(key.certificatePem).fingerprint);
  });

  it.each(['persistent', 'unspecified'])('a %s NameID as it is, letter by letter [SML-8]', (name) => {
    const version = name === 'persistent' ? '2.0' : '1.1';
    const nameIdFormat = `urn:oasis:names:tc:SAML:${version}:nameid-format:${name}`;
    expect(verify({ nameId: 'AbC|7', nameIdFormat }).subject).toBe('AbC|7');
  });

  it('a thousand groups in one attribute', () => {
    const groups = Array.from({ length: 1000 }, (_, at) => `group ${at}`);
    expect(verify({ attributes: { groups } }).groups).toEqual(groups);
  });
});

describe('what verifyResponse reads', () => {
  it('comes with everything that the flow needs [SML-5] [SML-12]', () => {
    const identity = verify({ assertionId: '_assertion', sessionIndex: '_s', sessionNotOnOrAfter: at(480) });
    expect(identity).toMatchObject({
      issuer: entityId,
      firstName: 'Ann',
      assertionId: '_assertion',
      inResponseTo: requestId,
      sessionIndex: '_s',
      sessionNotOnOrAfter: at(480),
      authenticatedAt: now,
      rememberUntil: at(15),
    });
  });

  it('is remembered until NotOnOrAfter plus skew where that is later [SML-7]', () => {
    expect(verify({ notOnOrAfter: at(70) }).rememberUntil).toEqual(at(73));
  });

  it('is remembered until the last of several confirmations ends, whichever held first [SML-7]', () => {
    const xml = (document: string) => {
      const first = /<saml:SubjectConfirmation .*?<\/saml:SubjectConfirmation>/s.exec(document)?.[0] ?? '';
      const later = substitute(first, /NotOnOrAfter="[^"]*"/, `NotOnOrAfter="${at(600).toISOString()}"`);
      return substitute(document, first, first + later);
    };
    expect(verify({ xml, notOnOrAfter: null, confirmationNotOnOrAfter: at(5) }).rememberUntil).toEqual(
      at(603),
    );
  });

  it('is the earliest end and the earliest sign-in of several statements [SML-12] [SES-5]', () => {
    const another = (instant: number, end: number) =>
      `<saml:AuthnStatement AuthnInstant="${at(instant).toISOString()}" SessionNotOnOrAfter="${at(end).toISOString()}"><saml:AuthnContext/></saml:AuthnStatement>`;
    for (const place of ['<saml:AuthnStatement', '<saml:AttributeStatement']) {
      const xml = (document: string) => insert(document, place, another(-30, 20));
      const identity = verify({ xml, authnInstant: at(-10), sessionNotOnOrAfter: at(40) });
      expect([identity.authenticatedAt, identity.sessionNotOnOrAfter]).toEqual([at(-30), at(20)]);
    }
  });

  it('is never the FriendlyName, and no attribute name reaches a prototype', () => {
    const xml = (document: string) => substitute(document, 'Name="x"', 'Name="x" FriendlyName="email"');
    const { attributes, email } = verify({
      xml,
      nameId: 'ann',
      attributes: { x: ['eve@acme.example'], ['__proto__']: ['polluted'] },
    });
    expect(email).toBeUndefined();
    expect(Object.getPrototypeOf(attributes)).toBeNull();
    expect(Object.keys(attributes)).toEqual(['x', '__proto__']);
  });

  it.each<[string, ResponseChanges, string | undefined]>([
    [
      'the first mapped attribute',
      { attributes: { mail: ['b@x.example'], email: ['a@x.example'] } },
      'a@x.example',
    ],
    ['the NameID where no attribute came', { attributes: {} }, 'ann@acme.example'],
    [
      'the attribute before a guest NameID',
      { nameId: 'b_c.d#EXT#@e.example', attributes: { email: ['b@c.d'] } },
      'b@c.d',
    ],
    [
      'one address sent twice',
      { attributes: { email: ['Ann@x.example', 'ann@X.example'] } },
      'Ann@x.example',
    ],
    ['nothing where neither is an address', { nameId: 'ann', attributes: { email: ['Ann'] } }, undefined],
  ])('as e-mail is %s', (_what, changes, email) => {
    expect(verify(changes).email).toBe(email);
  });
});
