import type { IdpDescription } from '@gatehouse/core';
import { trimXml } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { checkEntityId } from './describe-idp';
import { findIdp } from './find-idp';
import { parseMetadata } from './parse-metadata';
import { readLogoutEndpoints, readSsoEndpoints } from './read-endpoints';
import { readSigningCertificates } from './read-signing-certificates';

/** An identity provider's own description of itself (SAML Metadata 2.4.3), as pasted, uploaded or fetched. */
export function readIdpMetadata(document: string | Uint8Array, now: Date): IdpDescription {
  const { entity, roles } = findIdp(parseMetadata(document), now);
  return {
    entityId: checkEntityId(entity.attributes.get('entityID') ?? ''),
    sso: readSsoEndpoints(roles),
    slo: readLogoutEndpoints(roles),
    certificates: readSigningCertificates(roles),
    wantsSignedRequests: roles.some(wantsSignedRequests),
  };
}

function wantsSignedRequests({ attributes }: XmlElement): boolean {
  return ['true', '1'].includes(trimXml(attributes.get('WantAuthnRequestsSigned') ?? ''));
}
