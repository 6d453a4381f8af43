// Our verifier for `npm run bench:verification`, from the built library.
import { X509Certificate } from 'node:crypto';
import { defaultSettings } from '@gatehouse/core';
import { verifyResponse } from '@gatehouse/saml';

/** @param {{ idpEntityId: string, spEntityId: string, acsUrl: string, certificatePem: string, now: string }} given */
export function contender(given) {
  const { fingerprint256, subject, validFrom, validTo } = new X509Certificate(given.certificatePem);
  const dates = { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
  const certificate = { pem: given.certificatePem, fingerprint: fingerprint256, subject, ...dates };
  const idp = { entityId: given.idpEntityId, sso: [], slo: [], certificates: [certificate] };
  const connection = { idp, settings: { ...defaultSettings, signaturePolicy: 'both' } };
  const { spEntityId: entityId, acsUrl } = given;
  const serviceProvider = { entityId, audiences: [entityId], acsUrl, acsUrlByQuery: acsUrl };
  const now = new Date(given.now);
  return (samlResponse) => verifyResponse({ samlResponse, connection, serviceProvider, now }).subject;
}
