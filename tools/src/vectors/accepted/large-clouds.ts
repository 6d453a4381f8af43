import { ann, attributes, claims, formats, nameFormats } from './dialect';
import type { Dialect } from './dialect';
import { federationRoles, metadata } from './metadata';

const { email, firstName, lastName } = ann;
const microsoft = 'http://schemas.microsoft.com';
const entraTenant = '8f5b1c7e-2a94-4d3b-9c60-1e7f0d2a6b58';

export const entra: Dialect = {
  name: 'entra',
  what: 'Entra ID signs the assertion in default namespaces, is valid for 70 minutes, and puts the roles of WS-Federation with another key first in metadata that begins with a BOM',
  rows: ['SML-3', 'SML-6', 'CON-6'],
  entityId: `https://sts.windows.net/${entraTenant}/`,
  ssoUrl: `https://login.microsoftonline.com/${entraTenant}/saml2`,
  prefixes: ['samlp', '', ''],
  sign: 'assertion',
  certificates: ['idp', 'idp-next'],
  nameId: email,
  nameIdFormat: formats.email,
  attributes: attributes(undefined, {
    [`${microsoft}/identity/claims/tenantid`]: entraTenant,
    [`${microsoft}/identity/claims/objectidentifier`]: '6a0d7c1b-93f2-4e58-b7a4-50c8e1d92f36',
    [`${microsoft}/identity/claims/displayname`]: 'Ann Archer',
    [`${microsoft}/ws/2008/06/identity/claims/groups`]: [
      '2f9d1c04-7ab3-4e61-8d52-c4f0b6a17e93',
      'b7c3e5a1-08d4-49f6-a2e7-913d5c80f46b',
    ],
    [`${claims}/givenname`]: firstName,
    [`${claims}/surname`]: lastName,
    [`${claims}/emailaddress`]: email,
    [`${claims}/name`]: email,
  }),
  window: [5, 65, 65],
  sessionIndex: '_entra-session',
  context: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  metadata: metadata({
    prefix: '',
    bom: true,
    before: federationRoles('attacker'),
    entityAttributes: ' ID="_4b1e8a6d"',
    bindings: ['HTTP-Redirect', 'HTTP-POST'],
  }),
  expect: {
    ...ann,
    groups: ['2f9d1c04-7ab3-4e61-8d52-c4f0b6a17e93', 'b7c3e5a1-08d4-49f6-a2e7-913d5c80f46b'],
  },
};

export const google: Dialect = {
  name: 'google',
  what: 'Google Workspace signs the assertion and writes every value as xs:anyType',
  entityId: 'https://accounts.google.com/o/saml2?idpid=C01ab2cd3',
  ssoUrl: 'https://accounts.google.com/o/saml2/idp?idpid=C01ab2cd3',
  prefixes: ['saml2p', 'saml2', 'ds'],
  sign: 'assertion',
  signature: { lineEnd: '\n' },
  declaration: true,
  nameId: email,
  nameIdFormat: formats.email,
  attributes: attributes(undefined, { firstName, lastName, email, groups: ['Engineering', 'Berlin'] }),
  valueType: 'xs:anyType',
  window: [5, 5, 5],
  sessionIndex: '_google-session',
  context: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
  metadata: metadata({
    declaration: true,
    wrapped: true,
    entityAttributes: ' validUntil="2031-11-20T09:15:00.000Z"',
    nameIdFormats: [formats.email],
    bindings: ['HTTP-Redirect', 'HTTP-POST'],
  }),
  expect: { ...ann, groups: ['Engineering', 'Berlin'] },
};

export const auth0: Dialect = {
  name: 'auth0',
  what: 'Auth0 signs the assertion, names people by an opaque unspecified NameID, and adds claims of its own',
  entityId: 'urn:acme.eu.auth0.com',
  ssoUrl: 'https://acme.eu.auth0.com/samlp/Zq4TfWm8',
  prefixes: ['samlp', 'saml', ''],
  sign: 'assertion',
  nameId: 'auth0|64c1f0a97be2d3',
  nameIdFormat: formats.unspecified,
  attributes: attributes(nameFormats.uri, {
    [`${claims}/nameidentifier`]: 'auth0|64c1f0a97be2d3',
    [`${claims}/emailaddress`]: email,
    [`${claims}/name`]: 'Ann Archer',
    [`${claims}/givenname`]: firstName,
    [`${claims}/surname`]: lastName,
    'http://schemas.auth0.com/email_verified': 'true',
    'http://schemas.auth0.com/identities/default/isSocial': 'false',
  }),
  valueType: 'xs:string',
  window: [0, 60, 60],
  sessionIndex: '_auth0-session',
  context: 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
  metadata: metadata({
    prefix: '',
    bindings: ['HTTP-Redirect', 'HTTP-POST'],
    nameIdFormats: [formats.email],
  }),
  expect: ann,
};
