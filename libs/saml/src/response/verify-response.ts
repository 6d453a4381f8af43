import type { KeyObject } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
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
}

/** Whom this connection's identity provider vouches for; throws an `SsoError` at the first doubt. */
export function verifyResponse(request: ResponseToVerify): VerifiedIdentity {
  const { connection, serviceProvider, now } = request;
  const idp = requireIdp(connection);
  const root = parseXml(gateBytes(request.samlResponse), messageLimits, messageCodes);
  const parts = checkStructure(root);
  requireEncryption(parts, connection.settings);
  const expiry = { policy: connection.settings.expiredCertificates, now };
  const signed = readWithin(trustOf(request, idp), expiry, (trust) => readSignedParts(parts, trust));
  const profile = checkProfile(signed, { idp, serviceProvider, settings: connection.settings, now });
  const subject = readSubject(signed.assertion);
  const attributes = readAttributes(signed.assertion);
  return {
    ...profile,
    ...readPerson(subject, attributes, connection.settings.attributes),
    issuer: idp.entityId,
    subject: subject.value,
    nameId: subject.nameId,
    attributes,
    certificateFingerprint: signed.certificate.fingerprint,
  };
}

function trustOf({ connection, decryptionKeys = [] }: ResponseToVerify, idp: IdpDescription): Trust {
  const { signaturePolicy } = connection.settings;
  return { certificates: idp.certificates, signaturePolicy, decryptionKeys };
}

/** What the tenant told us of its identity provider, which a draft connection lacks. */
export function requireIdp({ idp }: Connection): IdpDescription {
  if (idp) return idp;
  const message = "Give this connection its identity provider's metadata first.";
  throw new SsoError('connection_incomplete', message, { want: 'identity provider', got: 'none' });
}
