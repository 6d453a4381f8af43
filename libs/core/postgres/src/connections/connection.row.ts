import {
  connectionId,
  roles,
  tenantId,
  type Connection,
  type ConnectionSettings,
  type IdpCertificate,
  type IdpDescription,
  type PassedTest,
  type Role,
} from '@gatehouse/core';
import type { Row } from '../row';

const jitRoles = roles.filter((role): role is Exclude<Role, 'owner'> => role !== 'owner');

export function readConnection(row: Row): Connection {
  const idp = row.optionalObject('idp');
  const metadataUrl = row.optionalText('metadata_url');
  const test = row.optionalObject('test');
  const enabledAt = row.optionalDate('enabled_at');
  return {
    id: row.id('id', connectionId),
    tenantId: row.id('tenant_id', tenantId),
    protocol: row.oneOf('protocol', ['saml']),
    label: row.text('label'),
    ...(idp && { idp: readIdp(idp) }),
    ...(metadataUrl !== undefined && { metadataUrl }),
    settings: readSettings(row.object('settings')),
    ...(test && { test: readTest(test) }),
    ...(enabledAt && { enabledAt }),
    createdAt: row.date('created_at'),
    revision: row.integer('revision'),
  };
}

function readIdp(row: Row): IdpDescription {
  return {
    entityId: row.text('entityId'),
    ssoUrl: row.text('ssoUrl'),
    ssoBinding: row.oneOf('ssoBinding', ['redirect', 'post']),
    certificates: row.objects('certificates').map(readCertificate),
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
  const attributes = row.object('attributes');
  return {
    jit: row.flag('jit'),
    defaultRole: row.oneOf('defaultRole', jitRoles),
    signaturePolicy: row.oneOf('signaturePolicy', ['either', 'assertion', 'response', 'both']),
    forceAuthn: row.flag('forceAuthn'),
    clockSkewSeconds: row.integer('clockSkewSeconds'),
    attributes: {
      email: attributes.texts('email'),
      firstName: attributes.texts('firstName'),
      lastName: attributes.texts('lastName'),
      displayName: attributes.texts('displayName'),
      groups: attributes.texts('groups'),
    },
  };
}

function readTest(row: Row): PassedTest {
  return { fingerprint: row.text('fingerprint'), at: row.date('at'), email: row.text('email') };
}
