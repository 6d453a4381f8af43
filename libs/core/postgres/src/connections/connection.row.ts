import {
  applicationId,
  connectionId,
  roles,
  tenantId,
  type Connection,
  type ConnectionSettings,
  type CustomAttribute,
  type GrantedRole,
  type GroupRole,
  type IdpCertificate,
  type IdpDescription,
  type IdpEndpoint,
  type PassedTest,
  type TrustSettings,
} from '@gatehouse/core';
import type { Row } from '../row';

export const grantedRoles = roles.filter((role): role is GrantedRole => role !== 'owner');
const bindings = ['redirect', 'post'] as const;

export function readConnection(row: Row): Connection {
  const idp = row.optionalObject('idp');
  const metadataUrl = row.optionalText('metadata_url');
  const host = row.optionalText('own_host');
  const spEntityId = row.optionalText('sp_entity_id');
  const test = row.optionalObject('test');
  const enabledAt = row.optionalDate('enabled_at');
  const deletedAt = row.optionalDate('deleted_at');
  const version = row.optionalInteger('version');
  const pendingVersion = row.optionalInteger('pending_version');
  return {
    id: row.id('id', connectionId),
    tenantId: row.id('tenant_id', tenantId),
    protocol: row.oneOf('protocol', ['saml']),
    label: row.text('label'),
    ...(host !== undefined && { host }),
    ...(spEntityId !== undefined && { spEntityId }),
    spEntityIdAliases: row.texts('sp_entity_id_aliases'),
    ...(idp && { idp: readIdp(idp) }),
    ...(metadataUrl !== undefined && { metadataUrl }),
    settings: readSettings(row.object('settings')),
    ...(test && { test: readTest(test) }),
    ...(version !== undefined && { version }),
    ...(pendingVersion !== undefined && { pendingVersion }),
    ...(enabledAt && { enabledAt }),
    primary: row.flag('is_primary'),
    ...(deletedAt && { deletedAt }),
    createdAt: row.date('created_at'),
    revision: row.integer('revision'),
  };
}

export function readIdp(row: Row): IdpDescription {
  return {
    entityId: row.text('entityId'),
    sso: row.objects('sso').map(readEndpoint),
    slo: row.objects('slo').map(readEndpoint),
    certificates: row.objects('certificates').map(readCertificate),
    wantsSignedRequests: row.flag('wantsSignedRequests'),
  };
}

function readEndpoint(row: Row): IdpEndpoint {
  const responseUrl = row.optionalText('responseUrl');
  return {
    binding: row.oneOf('binding', bindings),
    url: row.text('url'),
    ...(responseUrl !== undefined && { responseUrl }),
  };
}

function readCertificate(row: Row): IdpCertificate {
  return {
    pem: row.text('pem'),
    fingerprint: row.text('fingerprint'),
    subject: row.text('subject'),
    notBefore: row.date('notBefore'),
    notAfter: row.date('notAfter'),
  };
}

function readSettings(row: Row): ConnectionSettings {
  return {
    jit: row.flag('jit'),
    // Absent in rows of before it could be said.
    autoJoin: row.json('autoJoin') === true,
    defaultRole: row.oneOf('defaultRole', grantedRoles),
    groupRoles: row.objects('groupRoles').map(readGroupRole),
    signRequests: row.flag('signRequests'),
    requestBinding: row.oneOf('requestBinding', ['auto', ...bindings]),
    nameIdFormat: row.oneOf('nameIdFormat', ['emailAddress', 'persistent', 'unspecified']),
    requestedAuthnContext: row.texts('requestedAuthnContext'),
    forceAuthn: row.flag('forceAuthn'),
    idpInitiated: row.oneOf('idpInitiated', ['off', 'bounce', 'accept']),
    idpInitiatedApplication: readApplication(row.optionalText('idpInitiatedApplication')),
    expiredCertificates: row.oneOf('expiredCertificates', ['warn', 'refuse']),
    metadataCertificates: row.optionalText('metadataCertificates') === 'warn' ? 'warn' : 'add',
    clockSkewSeconds: row.integer('clockSkewSeconds'),
    ...readTrustSettings(row),
  };
}

export function readTrustSettings(row: Row): TrustSettings {
  const attributes = row.object('attributes');
  return {
    signaturePolicy: row.oneOf('signaturePolicy', ['either', 'assertion', 'response', 'both']),
    requireEncryptedAssertions: row.flag('requireEncryptedAssertions'),
    attributes: {
      email: attributes.texts('email'),
      firstName: attributes.texts('firstName'),
      lastName: attributes.texts('lastName'),
      displayName: attributes.texts('displayName'),
      groups: attributes.texts('groups'),
      // A server of the version before writes a mapping without these two.
      role: attributes.optionalTexts('role'),
      custom: attributes.optionalObjects('custom').map(readCustomAttribute),
    },
  };
}

function readCustomAttribute(row: Row): CustomAttribute {
  return { name: row.text('name'), from: row.texts('from') };
}

// A server of the version before writes settings without it.
function readApplication(id: string | undefined): ConnectionSettings['idpInitiatedApplication'] {
  return applicationId.is(id) ? id : 'any';
}

function readGroupRole(row: Row): GroupRole {
  return { group: row.text('group'), role: row.oneOf('role', grantedRoles) };
}

export function readTest(row: Row): PassedTest {
  return { fingerprint: row.text('fingerprint'), at: row.date('at'), email: row.text('email') };
}
