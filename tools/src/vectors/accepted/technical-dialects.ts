import { algorithms } from '../algorithms';
import { at, change, insert, requestId } from '../honest';
import type { KeyName } from '../keys';
import { serviceProvider } from '../vector';
import { ann, attributes, nameFormats } from './dialect';
import type { Dialect } from './dialect';
import { plain } from './plain-dialect';
import { content, encryption } from './technical-content';

const { email, firstName, lastName } = ann;

function signedBy(name: string, what: string, key: KeyName, algorithm: string, digest: string): Dialect {
  return plain(name, what, { rows: ['SML-3', 'SML-4'], sign: 'both', signature: { key, algorithm, digest } });
}

const keys: readonly Dialect[] = [
  signedBy(
    'key-p256',
    'The provider signs with ECDSA on P-256',
    'idp-p256',
    algorithms.ecdsaSha256,
    algorithms.sha256,
  ),
  signedBy(
    'key-p384',
    'The provider signs with ECDSA on P-384',
    'idp-p384',
    algorithms.ecdsaSha384,
    algorithms.sha384,
  ),
  signedBy(
    'key-p521',
    'The provider signs with ECDSA on P-521',
    'idp-p521',
    algorithms.ecdsaSha512,
    algorithms.sha512,
  ),
  signedBy(
    'key-rsa-4096',
    'The provider signs with RSA of 4096 bits and SHA-512',
    'idp-4096',
    algorithms.rsaSha512,
    algorithms.sha512,
  ),
  signedBy(
    'rsa-sha384',
    'The provider signs and digests with SHA-384',
    'idp',
    algorithms.rsaSha384,
    algorithms.sha384,
  ),
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
  plain('default-namespace-listed', 'The provider lists the default namespace, which nothing signed uses', {
    sign: 'both',
    signature: { prefixList: ['#default'] },
    unsigned: (xml) => change(xml, '<samlp:Response ', '<samlp:Response xmlns="urn:acme" '),
    reference: 'Exclusive C14N 1.0, 2.1',
  }),
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
