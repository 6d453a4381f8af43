import { createHash } from 'node:crypto';
import type { Role } from '../members/member';
import type { ConnectionId, TenantId } from '../shared/ids';

/** One identity provider joined to one tenant. */
export interface Connection {
  readonly id: ConnectionId;
  readonly tenantId: TenantId;
  readonly protocol: 'saml';
  /** What people see on the sign-in button. */
  readonly label: string;
  readonly idp?: IdpDescription;
  readonly metadataUrl?: string;
  readonly settings: ConnectionSettings;
  /** The last test that passed, of the configuration with this fingerprint. */
  readonly test?: PassedTest;
  readonly enabledAt?: Date;
  readonly createdAt: Date;
  /** Counts changes; a save of an older revision is refused. */
  readonly revision: number;
}

/** What the tenant told us of its identity provider. */
export interface IdpDescription {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding: 'redirect' | 'post';
  readonly certificates: readonly IdpCertificate[];
}

export interface IdpCertificate {
  readonly pem: string;
  /** SHA-256 over the DER, upper-case hex pairs joined by colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface ConnectionSettings {
  readonly jit: boolean;
  readonly defaultRole: Exclude<Role, 'owner'>;
  readonly signaturePolicy: 'either' | 'assertion' | 'response' | 'both';
  readonly forceAuthn: boolean;
  /** 0 to 300. */
  readonly clockSkewSeconds: number;
  readonly attributes: AttributeMapping;
}

/** Attribute names as the identity provider sends them, the first that is present wins. */
export interface AttributeMapping {
  readonly email: readonly string[];
  readonly firstName: readonly string[];
  readonly lastName: readonly string[];
  readonly displayName: readonly string[];
  readonly groups: readonly string[];
}

export interface PassedTest {
  readonly fingerprint: string;
  readonly at: Date;
  readonly email: string;
}

export const defaultSettings: ConnectionSettings = {
  jit: true,
  defaultRole: 'member',
  signaturePolicy: 'either',
  forceAuthn: false,
  clockSkewSeconds: 180,
  attributes: {
    email: [
      'email',
      'mail',
      'user.email',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      'urn:oid:0.9.2342.19200300.100.1.3',
    ],
    firstName: [
      'firstName',
      'givenName',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
      'urn:oid:2.5.4.42',
    ],
    lastName: [
      'lastName',
      'sn',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
      'urn:oid:2.5.4.4',
    ],
    displayName: ['displayName', 'urn:oid:2.16.840.1.113730.3.1.241'],
    groups: [
      'groups',
      'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
      'eduPersonAffiliation',
    ],
  },
};

export type ConnectionState = 'draft' | 'configured' | 'tested' | 'enabled';

export function connectionState(connection: Connection): ConnectionState {
  if (!connection.idp) return 'draft';
  if (connection.enabledAt) return 'enabled';
  return connection.test?.fingerprint === configurationFingerprint(connection) ? 'tested' : 'configured';
}

/** Names exactly this configuration: a test passed with another one does not count (CON-17). */
export function configurationFingerprint(connection: Pick<Connection, 'idp' | 'settings'>): string {
  const { idp, settings } = connection;
  const trust = [
    idp?.entityId,
    idp?.ssoUrl,
    idp?.ssoBinding,
    idp?.certificates.map((certificate) => certificate.fingerprint).toSorted(),
    settings.signaturePolicy,
    settings.attributes.email,
    settings.attributes.firstName,
    settings.attributes.lastName,
    settings.attributes.displayName,
    settings.attributes.groups,
  ];
  return createHash('sha256').update(JSON.stringify(trust)).digest('base64url');
}

/** Our own addresses for a connection, as its identity provider must know them. */
export interface ServiceProvider {
  readonly entityId: string;
  readonly metadataUrl: string;
  readonly acsUrl: string;
  /** The same endpoint by query, for consoles that want one path for all (CON-4). */
  readonly acsUrlByQuery: string;
}

/** `publicUrl` has no trailing slash. */
export function serviceProvider(publicUrl: string, id: ConnectionId): ServiceProvider {
  return {
    entityId: `${publicUrl}/saml/metadata/${id}`,
    metadataUrl: `${publicUrl}/saml/metadata/${id}`,
    acsUrl: `${publicUrl}/saml/acs/${id}`,
    acsUrlByQuery: `${publicUrl}/saml/acs?connection=${id}`,
  };
}
