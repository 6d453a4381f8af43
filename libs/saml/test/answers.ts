import { X509Certificate } from 'node:crypto';
import {
  connectionId,
  defaultSettings,
  serviceProvider,
  SsoError,
  SystemChance,
  tenantId,
} from '@gatehouse/core';
import type { Connection, ConnectionSettings, IdpCertificate, VerifiedIdentity } from '@gatehouse/core';
import { generateKeyAndCertificate, SamlIdp } from '@gatehouse/tools/saml-idp';
import type { ResponseChanges, SamlIdpOptions } from '@gatehouse/tools/saml-idp';
import { verifyResponse } from '../src/index';

export const now = new Date('2026-06-01T12:00:00.000Z');
export const minute = 60_000;
export const at = (minutes: number) => new Date(now.getTime() + minutes * minute);

const chance = new SystemChance();
const id = connectionId.create(now, chance);

export const sp = serviceProvider('https://sso.example', { id, spEntityIdAliases: [] });
export const key = generateKeyAndCertificate();
export const entityId = 'https://idp.example/entity';
export const requestId = '_a1b2c3';
export const person = { nameId: 'ann@acme.example', email: 'ann@acme.example', firstName: 'Ann' };

/** As a connection may hold it, unlike `readCertificates` also for a weak key. */
export function certificateOf(pem: string): IdpCertificate {
  const { fingerprint256, subject, validFrom, validTo } = new X509Certificate(pem);
  const window = { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
  return { pem, fingerprint: fingerprint256, subject, ...window };
}

export function aConnection(
  settings: Partial<ConnectionSettings> = {},
  pems: readonly string[] = [key.certificatePem],
): Connection {
  const certificates = pems.map(certificateOf);
  return {
    id,
    tenantId: tenantId.create(now, chance),
    protocol: 'saml',
    label: 'Acme',
    spEntityIdAliases: [],
    idp: {
      entityId,
      sso: [{ binding: 'redirect', url: 'https://idp.example/sso?tenant=7' }],
      slo: [],
      certificates,
      wantsSignedRequests: false,
    },
    settings: { ...defaultSettings, ...settings },
    primary: false,
    createdAt: now,
    revision: 1,
  };
}

/** The signed document that an identity provider would post. */
export function responseXml(changes: ResponseChanges = {}, options: Partial<SamlIdpOptions> = {}): string {
  const idp = new SamlIdp({ entityId, ssoUrl: 'https://idp.example/sso', key, now: () => now, ...options });
  return idp.responseXml({ id: requestId, issuer: sp.entityId, acsUrl: sp.acsUrl }, person, changes);
}

export function verifyXml(xml: string | Uint8Array, connection = aConnection()): VerifiedIdentity {
  const samlResponse = Buffer.from(xml).toString('base64');
  return verifyResponse({ samlResponse, connection, serviceProvider: sp, now });
}

export function verify(
  changes: ResponseChanges = {},
  settings: Partial<ConnectionSettings> = {},
): VerifiedIdentity {
  return verifyXml(responseXml(changes), aConnection(settings));
}

/** The code with which something is refused, or what happened instead. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof SsoError ? error.code : `not a refusal: ${String(error)}`;
  }
  return 'accepted';
}

/** Puts something in front of the first place where `before` stands; a test that changes nothing must not pass. */
export function insert(xml: string, before: string, text: string): string {
  return substitute(xml, before, `${text}${before}`);
}

export function substitute(xml: string, old: string | RegExp, text: string): string {
  const changed = xml.replace(old, () => text);
  if (changed === xml) throw new Error(`The document does not hold ${String(old)}.`);
  return changed;
}
