import { change } from '../honest';
import { ann, attributes, claims, formats, nameFormats } from './dialect';
import type { Dialect, DialectAttribute } from './dialect';
import { federationRoles, metadata, serviceProviderRole } from './metadata';

const { email, firstName, lastName } = ann;

const oid = (name: string, friendlyName: string, values: readonly string[]): DialectAttribute => ({
  name: `urn:oid:${name}`,
  friendlyName,
  format: nameFormats.uri,
  values,
});

export const directory: readonly DialectAttribute[] = [
  oid('0.9.2342.19200300.100.1.3', 'mail', [email]),
  oid('2.5.4.42', 'givenName', [firstName]),
  oid('2.5.4.4', 'sn', [lastName]),
  oid('2.16.840.1.113730.3.1.241', 'displayName', ['Ann Archer']),
  oid('1.3.6.1.4.1.5923.1.1.1.9', 'eduPersonScopedAffiliation', ['staff@acme.example']),
];

// The identifier of a person may be an element inside the value.
const targetedId = (xml: string) =>
  change(
    xml,
    '</saml2:AttributeStatement>',
    `<saml2:Attribute FriendlyName="eduPersonTargetedID" Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10" NameFormat="${nameFormats.uri}"><saml2:AttributeValue><saml2:NameID Format="${formats.persistent}" NameQualifier="https://shibboleth.acme.example/idp">9Zt0+c4Lw8M=</saml2:NameID></saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement>`,
  );

export const shibboleth: Dialect = {
  name: 'shibboleth',
  what: 'Shibboleth signs the response, names attributes by OID, and puts an identifier as an element into a value',
  entityId: 'https://shibboleth.acme.example/idp',
  ssoUrl: 'https://shibboleth.acme.example/idp/profile/SAML2/Redirect/SSO',
  prefixes: ['saml2p', 'saml2', 'ds'],
  sign: 'response',
  signature: { lineEnd: '\n', prefixList: ['xsd'] },
  declaration: true,
  nameId: '9Zt0+c4Lw8M=',
  nameIdFormat: formats.persistent,
  nameIdQualifiers: ' NameQualifier="https://shibboleth.acme.example/idp"',
  attributes: directory,
  unsigned: targetedId,
  window: [0, 5, 5],
  sessionIndex: '_shibboleth-session',
  sessionEnd: 60,
  metadata: metadata({
    use: null,
    wrapped: true,
    bindings: ['HTTP-POST', 'HTTP-Redirect', 'SOAP'],
    roleAttributes: ' xmlns:shibmd="urn:mace:shibboleth:metadata:1.0"',
    after:
      '<md:Organization><md:OrganizationName xml:lang="en">Acme</md:OrganizationName><md:OrganizationDisplayName xml:lang="en">Acme</md:OrganizationDisplayName><md:OrganizationURL xml:lang="en">https://acme.example</md:OrganizationURL></md:Organization>',
  }),
  expect: { ...ann, displayName: 'Ann Archer' },
};

export const adfs: Dialect = {
  name: 'adfs',
  what: 'AD FS sends a NameID without a format and lists its next certificate 20 days before it signs with it',
  rows: ['SML-3', 'SML-8', 'CRT-3'],
  entityId: 'http://adfs.acme.example/adfs/services/trust',
  ssoUrl: 'https://adfs.acme.example/adfs/ls/',
  prefixes: ['samlp', '', 'ds'],
  sign: 'assertion',
  certificates: ['idp', 'idp-next'],
  nameId: 'ACME\\ann',
  attributes: attributes(undefined, {
    [`${claims}/emailaddress`]: email,
    [`${claims}/givenname`]: firstName,
    [`${claims}/surname`]: lastName,
    'http://schemas.xmlsoap.org/claims/Group': ['Domain Users', 'Developers'],
  }),
  window: [0, 60, 5],
  sessionIndex: '_adfs-session',
  metadata: metadata({
    prefix: '',
    before: federationRoles('attacker'),
    after: serviceProviderRole('', 'attacker'),
    bindings: ['HTTP-Redirect', 'HTTP-POST'],
    entityAttributes: ' ID="_0d6a3f"',
  }),
  expect: ann,
};
