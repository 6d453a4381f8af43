import { trimXml } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import { readXsDateTime } from '../xml/xs-date-time';
import { incomplete } from './describe-idp';

/**
 * When a descriptor ceased to be valid, if it did. SAML Metadata 2.3.1, 2.3.2 and 2.4.1: past `validUntil` of it or of
 * a descriptor around it, it must not be used; `cacheDuration` only says when to look again.
 */
export function outdatedSince(descriptors: readonly XmlElement[], now: Date): Date | undefined {
  return descriptors.map(validUntil).find((moment) => moment && moment.getTime() <= now.getTime());
}

function validUntil({ attributes }: XmlElement): Date | undefined {
  const text = attributes.get('validUntil');
  if (text === undefined) return undefined;
  const moment = readXsDateTime(trimXml(text));
  if (moment) return moment;
  const message =
    'validUntil in the metadata is not a date and time in UTC: correct it at the identity provider.';
  throw incomplete(message, 'such as 2026-01-31T23:59:59Z', text);
}
