import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '@gatehouse/core';

/**
 * The vectors of tools/vectors/accepted or rejected, each ready to be verified.
 * @param {string} root the folder tools/vectors
 * @param {'accepted' | 'rejected'} kind
 */
export function readVectors(root, kind) {
  const folder = join(root, kind);
  return readdirSync(folder)
    .sort()
    .map((name) => readVector(root, join(folder, name), `${kind}/${name}`));
}

function readVector(root, folder, name) {
  const facts = JSON.parse(readFileSync(join(folder, 'vector.json'), 'utf8'));
  const metadata = join(folder, 'metadata.xml');
  return {
    name,
    facts,
    certificates: facts.idp.certificates.map((file) => certificateOf(root, file)),
    ...(existsSync(metadata) ? { metadata: readFileSync(metadata) } : {}),
    request: requestOf(root, folder, facts),
  };
}

/** What `verifyResponse` is given. */
function requestOf(root, folder, facts) {
  const keys = (facts.decryptionKeys ?? []).map((file) => createPrivateKey(readFileSync(join(root, file))));
  return {
    samlResponse: postedValue(folder, facts.make ?? []),
    connection: connectionOf(root, facts),
    serviceProvider: serviceProviderOf(facts.serviceProvider),
    now: new Date(facts.now),
    ...(keys.length > 0 ? { decryptionKeys: keys } : {}),
  };
}

function postedValue(folder, make) {
  const posted = join(folder, 'response.b64');
  if (existsSync(posted)) return readFileSync(posted, 'utf8');
  const xml = readFileSync(join(folder, 'response.xml'), 'utf8');
  return Buffer.from(make.reduce(repeated, xml)).toString('base64');
}

function repeated(xml, { place, times, text }) {
  if (!xml.includes(place)) throw new Error(`response.xml does not hold ${place}`);
  const copies = Array.from({ length: times }, (_, at) => text.replaceAll('{n}', String(at)));
  return xml.replace(place, () => copies.join(''));
}

function connectionOf(root, { idp, settings, serviceProvider, now }) {
  const id = serviceProvider.acsUrl.slice(serviceProvider.acsUrl.lastIndexOf('/') + 1);
  return {
    id,
    tenantId: id.replace('conn_', 'ten_'),
    protocol: 'saml',
    label: 'Vector',
    spEntityId: serviceProvider.entityId,
    spEntityIdAliases: serviceProvider.aliases ?? [],
    idp: {
      entityId: idp.entityId,
      sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
      slo: [],
      certificates: idp.certificates.map((file) => certificateOf(root, file)),
      wantsSignedRequests: false,
    },
    settings: settingsWith(settings),
    createdAt: new Date(now),
    revision: 1,
  };
}

/** What a vector says of attributes is laid over the usual names too. */
function settingsWith(settings = {}) {
  const attributes = { ...defaultSettings.attributes, ...settings.attributes };
  return { ...defaultSettings, ...settings, attributes };
}

function serviceProviderOf({ entityId, acsUrl, aliases = [] }) {
  const byQuery = acsUrl.replace('/saml/acs/', '/saml/acs?connection=');
  const sloUrl = acsUrl.replace('/saml/acs/', '/saml/slo/');
  const audiences = [entityId, ...aliases];
  return { entityId, audiences, metadataUrl: entityId, acsUrl, acsUrlByQuery: byQuery, sloUrl };
}

function certificateOf(root, file) {
  const pem = readFileSync(join(root, file), 'utf8');
  const { fingerprint256, subject, validFrom, validTo } = new X509Certificate(pem);
  const window = { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
  return { pem, fingerprint: fingerprint256, subject, ...window };
}

/**
 * Fingerprint of the certificate in a file that a vector names.
 * @param {string} root
 * @param {string} file
 */
export function fingerprintOf(root, file) {
  return certificateOf(root, file).fingerprint;
}
