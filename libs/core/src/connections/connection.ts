import { createHash } from 'node:crypto';
import type { Role } from '../members/member';
import type { ApplicationId, ConnectionId, TenantId } from '../shared/ids';

/** One identity provider joined to one tenant. */
export interface Connection {
  readonly id: ConnectionId;
  readonly tenantId: TenantId;
  readonly protocol: 'saml';
  /** What people see on the sign-in button. */
  readonly label: string;
  /**
   * The host of its tenant's own under which it was made, and under which its addresses stay; absent: the deployment's
   * (TEN-8).
   */
  readonly host?: string;
  /** Our name towards the identity provider, fixed when the connection is made; absent: the address of our metadata. */
  readonly spEntityId?: string;
  /** Audiences that are accepted beside it, such as the entity ID of an earlier product. */
  readonly spEntityIdAliases: readonly string[];
  readonly idp?: IdpDescription;
  readonly metadataUrl?: string;
  readonly settings: ConnectionSettings;
  /** The last test that passed, of the configuration with this fingerprint. */
  readonly test?: PassedTest;
  /** The number of the version that serves; absent while nothing is known of the identity provider. */
  readonly version?: number;
  /** The number of the version that waits beside it for a test and for being promoted. */
  readonly pendingVersion?: number;
  readonly enabledAt?: Date;
  /** Whether it serves the login page of its tenant; written by the store alone, which elects one. */
  readonly primary: boolean;
  /** Since when nothing but the list of deleted ones finds it. */
  readonly deletedAt?: Date;
  readonly createdAt: Date;
  /** Counts changes; a save of an older revision is refused. */
  readonly revision: number;
}

/** What the tenant told us of its identity provider. */
export interface IdpDescription {
  readonly entityId: string;
  /** Where requests may go, in the order of the metadata; never empty. */
  readonly sso: readonly IdpEndpoint[];
  /** Where logout messages may go; empty where the identity provider knows no single logout. */
  readonly slo: readonly IdpEndpoint[];
  readonly certificates: readonly IdpCertificate[];
  /** SAML Metadata 2.4.3, WantAuthnRequestsSigned: it refuses requests that are not signed. */
  readonly wantsSignedRequests: boolean;
}

export type Binding = 'redirect' | 'post';

export interface IdpEndpoint {
  readonly binding: Binding;
  readonly url: string;
  /** SAML Metadata 2.2.2, ResponseLocation: where answers go instead, for logout only. */
  readonly responseUrl?: string;
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
  /** Lets users of other tenants become members, once they have shown that the mailbox is theirs (LNK-7). */
  readonly autoJoin: boolean;
  readonly defaultRole: GrantedRole;
  /** The first rule whose group came decides the role of a new member, else `defaultRole`. */
  readonly groupRoles: readonly GroupRole[];
  readonly signaturePolicy: 'either' | 'assertion' | 'response' | 'both';
  readonly requireEncryptedAssertions: boolean;
  readonly signRequests: boolean;
  /** `auto`: as the identity provider lists its endpoints, Redirect where it has both. */
  readonly requestBinding: 'auto' | Binding;
  readonly nameIdFormat: 'emailAddress' | 'persistent' | 'unspecified';
  /** AuthnContextClassRef URIs to ask for; empty asks for none. */
  readonly requestedAuthnContext: readonly string[];
  readonly forceAuthn: boolean;
  readonly idpInitiated: 'off' | 'bounce' | 'accept';
  /** Where a sign-in that began at the identity provider goes on; `any`: RelayState or the person chooses. */
  readonly idpInitiatedApplication: ApplicationId | 'any';
  /** What an expired certificate of the identity provider does: go on and warn, or refuse. */
  readonly expiredCertificates: 'warn' | 'refuse';
  /** What a new certificate in the metadata of the identity provider does: it is trusted too, or owners are told only. */
  readonly metadataCertificates: 'add' | 'warn';
  /** 0 to 300. */
  readonly clockSkewSeconds: number;
  readonly attributes: AttributeMapping;
}

/** No identity provider ever makes an owner. */
export type GrantedRole = Exclude<Role, 'owner'>;

export interface GroupRole {
  readonly group: string;
  readonly role: GrantedRole;
}

/** Attribute names as the identity provider sends them, the first that is present wins. */
export interface AttributeMapping {
  readonly email: readonly string[];
  readonly firstName: readonly string[];
  readonly lastName: readonly string[];
  readonly displayName: readonly string[];
  readonly groups: readonly string[];
  /** Whose value names the role of a new member: `member` or `viewer`, or a name that a rule of `groupRoles` knows. */
  readonly role: readonly string[];
  /** What else applications are told, under names of the tenant's own. */
  readonly custom: readonly CustomAttribute[];
}

export interface CustomAttribute {
  readonly name: string;
  readonly from: readonly string[];
}

export interface PassedTest {
  readonly fingerprint: string;
  readonly at: Date;
  readonly email: string;
}

export const defaultSettings: ConnectionSettings = {
  jit: true,
  autoJoin: false,
  defaultRole: 'member',
  groupRoles: [],
  signaturePolicy: 'either',
  requireEncryptedAssertions: false,
  signRequests: false,
  requestBinding: 'auto',
  nameIdFormat: 'emailAddress',
  requestedAuthnContext: [],
  forceAuthn: false,
  idpInitiated: 'off',
  idpInitiatedApplication: 'any',
  expiredCertificates: 'warn',
  metadataCertificates: 'add',
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
    role: [],
    custom: [],
  },
};

export type ConnectionState = 'draft' | 'configured' | 'tested' | 'enabled';

export function connectionState(connection: Connection): ConnectionState {
  if (!connection.idp) return 'draft';
  if (connection.enabledAt) return 'enabled';
  return connection.test?.fingerprint === configurationFingerprint(connection) ? 'tested' : 'configured';
}

/** The settings that are part of a connection's trust. */
export type TrustSettings = Pick<
  ConnectionSettings,
  'signaturePolicy' | 'requireEncryptedAssertions' | 'attributes'
>;

/** Names exactly this configuration: a test passed with another one does not count (CON-17). */
export function configurationFingerprint(configuration: {
  readonly idp?: IdpDescription;
  readonly settings: TrustSettings;
}): string {
  const { idp, settings } = configuration;
  const trust = [
    idp?.entityId,
    idp?.sso,
    idp?.slo,
    idp?.certificates.map((certificate) => certificate.fingerprint).toSorted(),
    settings.signaturePolicy,
    settings.requireEncryptedAssertions,
    settings.attributes.email,
    settings.attributes.firstName,
    settings.attributes.lastName,
    settings.attributes.displayName,
    settings.attributes.groups,
    // Named only where there are any, so that tests of before they could be named still count.
    ...settings.attributes.role.map((name) => ['role', name]),
    ...settings.attributes.custom.map(({ name, from }) => ['custom', name, ...from]),
  ];
  return createHash('sha256').update(JSON.stringify(trust)).digest('base64url');
}
