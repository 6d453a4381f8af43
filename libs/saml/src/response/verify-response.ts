import type { KeyObject } from 'node:crypto';
import { silentChecks, SsoError } from '@gatehouse/core';
import type { Connection, IdpDescription, ServiceProvider, VerifiedIdentity } from '@gatehouse/core';
import { checkProfile } from './check-profile';
import { checkStructure } from './check-structure';
import { readWithin } from './expired-certificates';
import { gateBytes } from '../xml/gate-bytes';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { readAttributes } from './read-attributes';
import { readPerson } from './read-person';
import { readSignedParts } from './read-signed-parts';
import { readSubject } from './read-subject';
import { requireEncryption } from './require-encryption';
import { ResponseWatch } from './response-watch';
import type { Trust } from './trust';

/** A response as the browser posted it to a connection's ACS. */
export interface ResponseToVerify {
  /** The form's value: base64. */
  readonly samlResponse: string;
  readonly connection: Connection;
  readonly serviceProvider: ServiceProvider;
  readonly now: Date;
  /** Private keys that assertions may be encrypted to, the newest first. */
  readonly decryptionKeys?: readonly KeyObject[];
  /** Sees each check as it is made, for a trace. */
  readonly watch?: ResponseWatch;
}

/** Whom this connection's identity provider vouches for; throws an `SsoError` at the first doubt. */
export function verifyResponse(request: ResponseToVerify): VerifiedIdentity {
  const { connection, serviceProvider, now, watch = new ResponseWatch(silentChecks()) } = request;
  const { checks } = watch;
  const idp = requireIdp(connection);
  const xml = checks.run('encoding', () => gateBytes(request.samlResponse));
  const root = watch.saw(checks.run('xml', () => parseXml(xml, messageLimits, messageCodes)));
  const parts = checks.run('structure', () => checkStructure(root, checks));
  checks.run('decryption', () => requireEncryption(parts, connection.settings));
  const expiry = { policy: connection.settings.expiredCertificates, now };
  const read = (trust: Trust) => readSignedParts(parts, trust, checks);
  const signed = watch.believed(
    checks.run('certificate', () => readWithin(trustOf(request, idp), expiry, read)),
  );
  const profile = checkProfile(signed, { idp, serviceProvider, settings: connection.settings, now, checks });
  const subject = checks.run('subject', () => readSubject(signed.assertion));
  const attributes = readAttributes(signed.assertion);
  const { attributes: mapping } = connection.settings;
  return {
    ...profile,
    ...checks.run('attributes', () => readPerson(subject, attributes, mapping)),
    issuer: idp.entityId,
    subject: subject.value,
    nameId: subject.nameId,
    attributes,
    certificateFingerprint: signed.certificate.fingerprint,
  };
}

function trustOf(request: ResponseToVerify, { certificates }: IdpDescription): Trust {
  const { connection, serviceProvider, decryptionKeys = [] } = request;
  const { signaturePolicy } = connection.settings;
  const recipients = [serviceProvider.acsUrl, serviceProvider.acsUrlByQuery];
  return { certificates, signaturePolicy, decryptionKeys, recipients };
}

/** What the tenant told us of its identity provider, which a draft connection lacks. */
export function requireIdp({ idp }: Connection): IdpDescription {
  if (idp) return idp;
  const message = "Give this connection its identity provider's metadata first.";
  throw new SsoError('connection_incomplete', message, { want: 'identity provider', got: 'none' });
}
