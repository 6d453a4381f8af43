import { randomBytes } from 'node:crypto';
import type { Person } from './people';

const nameIdPrefix = 'urn:oasis:names:tc:SAML:1.1:nameid-format:';
const bindings = 'urn:oasis:names:tc:SAML:2.0:bindings:';
const postBinding = `${bindings}HTTP-POST`;

export const nameIdFormats = {
  emailAddress: `${nameIdPrefix}emailAddress`,
  unspecified: `${nameIdPrefix}unspecified`,
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
} as const;

/** An application that may ask for sign-ins: by its entity ID and ACS address, or by its whole metadata document. */
export interface ServiceProvider {
  entityId: string;
  acsUrl: string;
  metadataXml?: string;
}

/** How the responses look; what a request asks for itself (NameIDPolicy) wins over `nameIdFormat`. */
export interface Dialect {
  signResponse: boolean;
  signAssertion: boolean;
  /** By RSA-OAEP and AES-128-CBC, all that 1.19 offers; the service provider's metadata must carry a key for it. */
  encryptAssertion: boolean;
  nameIdFormat: keyof typeof nameIdFormats;
}

export const usualDialect: Dialect = {
  signResponse: true,
  signAssertion: true,
  encryptAssertion: false,
  nameIdFormat: 'emailAddress',
};

export interface Settings {
  baseUrl: string;
  entityId: string;
  folder: string;
  logFolder: string;
  people: readonly Person[];
  dialect: Dialect;
  serviceProviders: readonly ServiceProvider[];
}

/** What does not change while the server runs: secrets, above all, since sessions and persistent IDs hang on them. */
export function fixedConfiguration({ baseUrl, folder, logFolder }: Settings): object {
  return {
    baseurlpath: baseUrl,
    certdir: `${folder}/cert/`,
    loggingdir: `${logFolder}/`,
    datadir: `${folder}/data/`,
    tempdir: `${folder}/tmp`,
    metadatadir: `${folder}/metadata/`,
    timezone: 'UTC',
    secretsalt: randomBytes(16).toString('hex'),
    'auth.adminpassword': randomBytes(16).toString('hex'),
    'admin.checkforupdates': false,
    'logging.level': 7,
    'logging.handler': 'file',
    'logging.logfile': 'simplesamlphp.log',
    'enable.saml20-idp': true,
    'module.enable': { exampleauth: true, core: true, saml: true },
    'session.cookie.secure': false,
    'session.cookie.samesite': 'Lax',
    'session.phpsession.savepath': `${folder}/sessions`,
    'store.type': 'phpsession',
    'language.available': ['en'],
    'language.default': 'en',
    'language.cookie.secure': false,
    'language.cookie.samesite': 'Lax',
  };
}

/** Service providers known by a metadata document are read by SimpleSAMLphp's own parser. */
export function metadataSources({ serviceProviders }: Settings): object[] {
  const documents = serviceProviders.flatMap(({ metadataXml }) => metadataXml ?? []);
  return [{ type: 'flatfile' }, ...documents.map((xml) => ({ type: 'xml', xml }))];
}

export function authenticationSources({ people }: Settings): object {
  return { people: { 0: 'exampleauth:UserPass', ...Object.fromEntries(people.map(account)) } };
}

function account({ username, password, mail, givenName, sn, groups }: Person): [string, object] {
  const own = { uid: [username], mail: [mail], givenName: [givenName], sn: [sn] };
  return [`${username}:${password}`, { ...own, groups, eduPersonAffiliation: groups }];
}

export function hostedIdentityProvider({ entityId, dialect }: Settings): object {
  return {
    [entityId]: {
      host: '__DEFAULT__',
      privatekey: 'idp.key',
      certificate: 'idp.crt',
      auth: 'people',
      NameIDFormat: [nameIdFormats[dialect.nameIdFormat]],
      authproc: nameIdFilters,
      SingleSignOnServiceBinding: [`${bindings}HTTP-Redirect`, postBinding],
      'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'saml20.sign.response': dialect.signResponse,
      'saml20.sign.assertion': dialect.signAssertion,
      'assertion.encryption': dialect.encryptAssertion,
    },
  };
}

/** Every format stands ready, so that whichever a request names is answered; transient needs no filter. */
const nameIdFilters = {
  10: { class: 'saml:AttributeNameID', attribute: 'mail', Format: nameIdFormats.emailAddress },
  11: { class: 'saml:AttributeNameID', attribute: 'mail', Format: nameIdFormats.unspecified },
  12: { class: 'saml:PersistentNameID', attribute: 'uid' },
};

export function remoteServiceProviders({ serviceProviders }: Settings): object {
  const byHand = serviceProviders.filter(({ metadataXml }) => metadataXml === undefined);
  return Object.fromEntries(
    byHand.map(({ entityId, acsUrl }) => [
      entityId,
      { AssertionConsumerService: [{ index: 0, isDefault: true, Binding: postBinding, Location: acsUrl }] },
    ]),
  );
}
