import { createHash, randomBytes } from 'node:crypto';
import type { KeyAndCertificate } from '../saml-idp/key-and-certificate';
import type { Person } from './people';

const nameIdPrefix = 'urn:oasis:names:tc:SAML:1.1:nameid-format:';
const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const bindings = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: postBinding,
} as const;

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

/** How it speaks; what a request asks for itself (NameIDPolicy) wins over `nameIdFormat`. */
export interface Dialect {
  signResponse: boolean;
  signAssertion: boolean;
  /** By RSA-OAEP and AES-128-CBC, all that 1.19 offers; the service provider's metadata must carry a key for it. */
  encryptAssertion: boolean;
  nameIdFormat: keyof typeof nameIdFormats;
  /** Which of its two switches makes it refuse requests without a signature; its metadata then asks for signed ones. */
  requestValidation: 'none' | 'validate.authnrequest' | 'redirect.validate';
  /** Signs its logout messages and verifies those that come; as it is installed, it does neither. */
  signedLogout: boolean;
  /** Where it takes logout messages; it sends by Redirect to whoever lists that. */
  logoutBindings: readonly (keyof typeof bindings)[];
  /** One service after the other in the same window, or all at once in frames. */
  logoutHandler: 'traditional' | 'iframe';
}

export const usualDialect: Dialect = {
  signResponse: true,
  signAssertion: true,
  encryptAssertion: false,
  nameIdFormat: 'emailAddress',
  requestValidation: 'none',
  signedLogout: true,
  logoutBindings: ['redirect'],
  logoutHandler: 'traditional',
};

export interface Settings {
  baseUrl: string;
  entityId: string;
  folder: string;
  logFolder: string;
  people: readonly Person[];
  /**
   * Its own template says `None`: logout messages are posted from other sites and must find the session. Real browsers
   * want `Secure` beside that, which SimpleSAMLphp does not set over plain HTTP: for them `Lax`.
   */
  sameSite: 'None' | 'Lax';
  dialect: Dialect;
  /** What it signs with. */
  key: KeyAndCertificate;
  /** Stands in its metadata before it is used. */
  announcedKey: KeyAndCertificate | undefined;
  serviceProviders: readonly ServiceProvider[];
}

/** What does not change while the server runs: secrets, above all, since sessions and persistent IDs hang on them. */
export function fixedConfiguration({ baseUrl, folder, logFolder, sameSite }: Settings): object {
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
    'session.cookie.samesite': sameSite,
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

function account({ username, password, mail, ...rest }: Person): [string, object] {
  const { givenName, sn, groups, otherMail = mail } = rest;
  const own = { uid: [username], mail: [mail], otherMail: [otherMail], givenName: [givenName], sn: [sn] };
  return [`${username}:${password}`, { ...own, groups, eduPersonAffiliation: groups }];
}

export function hostedIdentityProvider({ entityId, dialect, key, announcedKey }: Settings): object {
  return {
    [entityId]: {
      host: '__DEFAULT__',
      auth: 'people',
      ...keyFiles('', key),
      ...(announcedKey && keyFiles('new_', announcedKey)),
      NameIDFormat: [nameIdFormats[dialect.nameIdFormat]],
      authproc: nameIdFilters,
      SingleSignOnServiceBinding: [bindings.redirect, bindings.post],
      'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'saml20.sign.response': dialect.signResponse,
      'saml20.sign.assertion': dialect.signAssertion,
      'assertion.encryption': dialect.encryptAssertion,
      ...(dialect.requestValidation !== 'none' && { [dialect.requestValidation]: true }),
      ...logout(dialect),
    },
  };
}

function logout({ signedLogout, logoutBindings, logoutHandler }: Dialect): object {
  return {
    SingleLogoutServiceBinding: logoutBindings.map((name) => bindings[name]),
    'sign.logout': signedLogout,
    'validate.logout': signedLogout,
    logouttype: logoutHandler,
  };
}

function keyFiles(prefix: '' | 'new_', key: KeyAndCertificate): object {
  const name = keyName(key);
  return { [`${prefix}privatekey`]: `${name}.key`, [`${prefix}certificate`]: `${name}.crt` };
}

/** No two keys share a file, so that a change of keys never meets a request half-way. */
export function keyName({ certificatePem }: KeyAndCertificate): string {
  return createHash('sha256').update(certificatePem).digest('hex').slice(0, 16);
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
