import { algorithms } from '../algorithms';
import { insert } from '../honest';
import { serviceProvider } from '../vector';
import { ann, attributes, nameFormats } from './dialect';
import type { Dialect } from './dialect';
import { plain } from './plain-dialect';

const { email } = ann;

const audience = (name: string) =>
  `<saml:AudienceRestriction><saml:Audience>${name}</saml:Audience></saml:AudienceRestriction>`;

export const content: readonly Dialect[] = [
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
  plain(
    'signed-in-this-morning',
    'The person signed in eight hours ago, and the provider did not ask again',
    {
      rows: ['SML-6', 'SML-12'],
      signedInBefore: 480,
      sessionEnd: 60,
    },
  ),
  plain('signed-in-again', 'The person signed in a minute ago, where a new sign-in was asked for', {
    rows: ['SML-6'],
    signedInBefore: 1,
    settings: { forceAuthn: true },
  }),
  plain(
    'address-by-query',
    'The provider knows our ACS by the address that names the connection in its query',
    {
      rows: ['SML-5', 'CON-4'],
      unsigned: (xml) => xml.replaceAll('/saml/acs/', '/saml/acs?connection='),
    },
  ),
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

export const encryption: readonly Dialect[] = [
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
    encryption: { content: algorithms.aes256Cbc },
  }),
  encrypted(
    'encrypted-oaep-sha256',
    'RSA-OAEP with SHA-256, and MGF1 with SHA-1 as XML Encryption 1.0 has it',
    {
      encryption: { content: algorithms.aes128Gcm, digest: algorithms.sha256 },
      reference: 'XML Encryption 1.1, 5.5.2',
    },
  ),
  encrypted('encrypted-oaep-11', 'The newer RSA-OAEP with SHA-256 for both of its hashes', {
    encryption: { transport: algorithms.oaep11, digest: algorithms.sha256, mask: algorithms.mgf1Sha256 },
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
