import { algorithms } from '../algorithms';
import { at, change, insert, requestId } from '../honest';
import type { KeyName } from '../keys';
import { serviceProvider } from '../vector';
import { ann, attributes, formats, nameFormats } from './dialect';
import type { Dialect } from './dialect';
import { metadata } from './metadata';

const { email, firstName, lastName } = ann;

/** A response with nothing special about it, which each row bends in one way; every row is an identity provider of its own. */
function plain(name: string, what: string, bend: Partial<Dialect> = {}): Dialect {
  return {
    name,
    what,
    entityId: `https://${name}.example/entity`,
    ssoUrl: `https://${name}.example/sso`,
    prefixes: ['samlp', 'saml', 'ds'],
    sign: 'assertion',
    nameId: email,
    nameIdFormat: formats.email,
    attributes: attributes(nameFormats.basic, { email, firstName, lastName, groups: ['staff', 'admins'] }),
    window: [1, 5, 5],
    sessionIndex: '_s1',
    sessionEnd: 480,
    metadata: metadata({ prefix: 'md' }),
    expect: { ...ann, groups: ['staff', 'admins'] },
    ...bend,
  };
}

function signedBy(name: string, what: string, key: KeyName, algorithm: string, digest: string): Dialect {
  return plain(name, what, { rows: ['SML-3', 'SML-4'], sign: 'both', signature: { key, algorithm, digest } });
}

const a = algorithms;

const keys: readonly Dialect[] = [
  signedBy('key-p256', 'The provider signs with ECDSA on P-256', 'idp-p256', a.ecdsaSha256, a.sha256),
  signedBy('key-p384', 'The provider signs with ECDSA on P-384', 'idp-p384', a.ecdsaSha384, a.sha384),
  signedBy('key-p521', 'The provider signs with ECDSA on P-521', 'idp-p521', a.ecdsaSha512, a.sha512),
  signedBy(
    'key-rsa-4096',
    'The provider signs with RSA of 4096 bits and SHA-512',
    'idp-4096',
    a.rsaSha512,
    a.sha512,
  ),
  signedBy('rsa-sha384', 'The provider signs and digests with SHA-384', 'idp', a.rsaSha384, a.sha384),
  plain('certificate-rolled-over', 'The provider signs with the second certificate of the connection', {
    rows: ['SML-3', 'CRT-3'],
    certificates: ['idp', 'idp-next'],
    sign: 'both',
    signature: { key: 'idp-next' },
  }),
  plain('certificate-expired', 'The certificate is expired, which a connection by default only warns of', {
    certificates: ['idp-expired'],
    signature: { key: 'idp-expired' },
  }),
  plain('key-info-of-another', 'KeyInfo carries the certificate of somebody else, which nobody looks at', {
    rows: ['SML-3', 'SML-4'],
    signature: { keyInfo: '<ds:KeyName>https://attacker.example/key</ds:KeyName>' },
  }),
  plain('no-key-info', 'The signature carries no KeyInfo at all', { signature: { keyInfo: null } }),
  plain('empty-reference', 'The signature of the response refers to the whole document by an empty URI', {
    sign: 'response',
    signature: { uri: '' },
    reference: 'XML Signature 4.4.3.3',
  }),
];

const spaces = (xml: string) =>
  xml.replace(/<saml:(NameID|Audience|Issuer)([^>]*)>([^<]*)</g, '<saml:$1$2>\n      $3\n    <');

// Order, quotes and white space within a tag are no part of what is signed.
const reordered = (xml: string) =>
  change(
    xml,
    /<saml:SubjectConfirmationData [^>]*\/>/,
    `<saml:SubjectConfirmationData\n  Recipient='${serviceProvider.acsUrl}'  NotOnOrAfter="${at(5).toISOString()}" InResponseTo="${requestId}" ></saml:SubjectConfirmationData>`,
  );

const style: readonly Dialect[] = [
  plain('crlf-line-ends', 'The provider sends CRLF line ends, which count as LF in what is signed', {
    sign: 'both',
    layout: 'crlf',
    reference: 'XML 1.0, 2.11',
  }),
  plain('pretty-printed', 'The provider indents its documents', { sign: 'both', layout: 'pretty' }),
  plain('spaces-around-values', 'The provider puts values on lines of their own', { unsigned: spaces }),
  plain('default-namespaces', 'The provider uses default namespaces everywhere', {
    prefixes: ['', '', ''],
    sign: 'both',
  }),
  plain('odd-prefixes', 'The provider gives the usual prefixes to other namespaces', {
    prefixes: ['saml', 'ds', 'samlp'],
    sign: 'both',
  }),
  plain('unused-namespaces', 'The provider declares namespaces that nothing uses', {
    sign: 'both',
    unsigned: (xml) =>
      change(
        xml,
        '<saml:Assertion ',
        '<saml:Assertion xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xs="http://www.w3.org/2001/XMLSchema" ',
      ),
  }),
  plain('namespaces-declared-again', 'The provider declares the same prefix anew on each element', {
    unsigned: (xml) =>
      xml.replace(
        /<saml:(NameID|Audience|Attribute)(?=[ >])/g,
        '<saml:$1 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
      ),
  }),
  plain(
    'prefix-list',
    'The provider lists prefixes that canonical form must keep, the default one among them',
    {
      sign: 'both',
      signature: { prefixList: ['#default', 'xs', 'xsi', 'saml', 'absent'] },
      valueType: 'xs:string',
      reference: 'Exclusive C14N 1.0, 2.1',
    },
  ),
  plain('attribute-order', 'The provider writes attributes in an order of its own, some in single quotes', {
    sign: 'both',
    signed: reordered,
  }),
  plain('comments-between-elements', 'The provider writes comments outside of any value', {
    sign: 'both',
    signed: (xml) =>
      insert(insert(xml, '<samlp:Status>', '<!-- status -->'), '<saml:Conditions', '<!-- window -->'),
  }),
  plain('cdata', 'The provider wraps values into CDATA sections, which are only another way to write text', {
    unsigned: (xml) => change(xml, `>${firstName}<`, `><![CDATA[${firstName}]]><`),
    attributes: attributes(nameFormats.basic, { email, firstName, lastName, groups: ['R&D', 'admins'] }),
    signed: (xml) => change(xml, 'R&amp;D', '<![CDATA[R&D]]>'),
    expect: { ...ann, groups: ['R&D', 'admins'] },
  }),
  plain('character-references', 'The provider writes letters as character references', {
    signed: (xml) => change(xml, '>Archer<', '>&#65;r&#x63;her<'),
  }),
  plain('letters-of-the-world', 'Names and groups come in several scripts', {
    attributes: attributes(nameFormats.basic, {
      email,
      firstName: 'Zoë',
      lastName: '山田',
      groups: ['Führung', 'дома', '🙂'],
    }),
    expect: { email, firstName: 'Zoë', lastName: '山田', groups: ['Führung', 'дома', '🙂'] },
  }),
  plain('fractional-seconds', 'The provider writes ten-millionths of a second', { instants: 'ticks' }),
  plain('byte-order-mark', 'The response begins with a byte order mark and an XML declaration', {
    declaration: true,
    signed: (xml) => `\ufeff${xml}`,
  }),
];

const audience = (name: string) =>
  `<saml:AudienceRestriction><saml:Audience>${name}</saml:Audience></saml:AudienceRestriction>`;

const content: readonly Dialect[] = [
  plain('several-audiences', 'The assertion is for us and for others', {
    audiences: ['https://other.example', serviceProvider.entityId, 'urn:third'],
  }),
  plain('alias-audience', 'The provider still names us by the entity ID of an earlier product', {
    rows: ['SML-5', 'CON-19'],
    audiences: ['https://old-product.example/saml'],
    aliases: ['https://old-product.example/saml'],
  }),
  plain(
    'several-conditions',
    'The assertion carries two restrictions that both name us, OneTimeUse, and ProxyRestriction',
    {
      unsigned: (xml) =>
        insert(
          xml,
          '</saml:Conditions>',
          `${audience(serviceProvider.entityId)}<saml:OneTimeUse/><saml:ProxyRestriction Count="0"/>`,
        ),
      reference: 'SAML Core 2.5.1',
    },
  ),
  plain(
    'other-confirmations',
    'A confirmation of another kind and one for somebody else stand before the one for us',
    {
      unsigned: (xml) =>
        insert(
          xml,
          '<saml:SubjectConfirmation ',
          '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"/><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="https://other.example/acs"/></saml:SubjectConfirmation>',
        ),
      reference: 'SAML Profiles 4.1.4.3',
    },
  ),
  plain(
    'mixed-case-address',
    'The address comes in mixed case: the part before the @ keeps it, a domain has none',
    {
      nameId: 'Ann.Archer@Acme.Example',
      attributes: attributes(nameFormats.basic, { email: 'Ann.Archer@Acme.Example' }),
      expect: { email: 'Ann.Archer@acme.example' },
    },
  ),
  plain('one-group', 'One group comes as a single value', {
    attributes: attributes(nameFormats.basic, { email, groups: 'staff' }),
    expect: { email, groups: ['staff'] },
  }),
  plain('split-attributes', 'The values of one attribute come in two statements', {
    unsigned: (xml) =>
      insert(
        xml,
        '</saml:Assertion>',
        '<saml:AttributeStatement><saml:Attribute Name="groups"><saml:AttributeValue>night shift</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
      ),
    expect: { ...ann, groups: ['staff', 'admins', 'night shift'] },
  }),
  plain('no-attributes', 'The assertion says nothing but the NameID, which is an address', {
    attributes: [],
    expect: { email },
  }),
  plain('no-response-issuer', 'The unsigned response around a signed assertion names no issuer', {
    responseIssuer: false,
  }),
  plain('clocks-apart', "The provider's clock is two minutes ahead, which the skew covers", {
    rows: ['SML-6'],
    window: [-2, 10, 10],
  }),
  plain('begun-at-the-provider', 'The provider began the sign-in, which this connection accepts', {
    rows: ['SML-2', 'SML-5'],
    inResponseTo: null,
    settings: { idpInitiated: 'accept' },
    reference: 'SAML Profiles 4.1.5',
  }),
  plain('groups-as-friendly-names', 'FriendlyName says email, which decides nothing: the exact Name does', {
    attributes: [
      { name: 'urn:x:manager', friendlyName: 'email', values: ['eve@acme.example'] },
      { name: 'email', values: [email] },
    ],
    expect: { email },
  }),
];

const encrypted = (name: string, what: string, bend: Partial<Dialect>): Dialect =>
  plain(name, what, { rows: ['SML-3', 'SML-9'], sign: 'response', encryption: {}, ...bend });

const encryption: readonly Dialect[] = [
  encrypted(
    'encrypted-inside-signed-response',
    'Only the response is signed, around the encrypted assertion',
    {},
  ),
  encrypted(
    'encrypted-signed-assertion',
    'The assertion is signed, then encrypted, and nothing else is signed',
    { sign: 'assertion' },
  ),
  encrypted('encrypted-aes256-cbc', 'AES-256-CBC, with the signature of the response over the ciphertext', {
    encryption: { content: a.aes256Cbc },
  }),
  encrypted(
    'encrypted-oaep-sha256',
    'RSA-OAEP with SHA-256, and MGF1 with SHA-1 as XML Encryption 1.0 has it',
    {
      encryption: { content: a.aes128Gcm, digest: a.sha256 },
      reference: 'XML Encryption 1.1, 5.5.2',
    },
  ),
  encrypted('encrypted-oaep-11', 'The newer RSA-OAEP with SHA-256 for both of its hashes', {
    encryption: { transport: a.oaep11, digest: a.sha256, mask: a.mgf1Sha256 },
    reference: 'XML Encryption 1.1, 5.5.2',
  }),
  encrypted('encrypted-key-behind', 'The encrypted key stands behind the data, which refers to it', {
    encryption: { keyPlace: 'behind' },
    reference: 'SAML Core 2.3.4',
  }),
  encrypted(
    'encrypted-in-context',
    'What was encrypted leans on a prefix that only the elements around it declare',
    {
      sign: 'both',
      encryption: { bare: true },
      reference: 'XML Encryption 1.1, 4.3.3',
    },
  ),
  encrypted('encrypted-to-previous-key', 'The provider still encrypts to the key before the last rotation', {
    rows: ['SML-9', 'SML-13'],
    encryption: { to: 'sp-encryption-previous' },
  }),
];

/** Rows about one thing each, whoever's product does it. */
export const technicalDialects: readonly Dialect[] = [
  plain('assertion-signed', 'The honest response from which refused ones are bent: the assertion is signed'),
  plain('response-signed', 'The honest response from which refused ones are bent: the response is signed', {
    sign: 'response',
  }),
  plain('both-signed', 'The honest response from which refused ones are bent: both are signed', {
    sign: 'both',
  }),
  ...keys,
  ...style,
  ...content,
  ...encryption,
];
