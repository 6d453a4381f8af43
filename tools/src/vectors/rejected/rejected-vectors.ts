import type { RejectedVector } from '../vector';
import { canonicalTricks } from './canonical-tricks';
import { encryptionMisuse } from './encryption-misuse';
import { floods } from './floods';
import { octetsAndMarkup } from './octets-and-markup';
import { protocolFields } from './protocol-fields';
import { references } from './references';
import { signatureExclusion } from './signature-exclusion';
import { subjects } from './subjects';
import { tenants } from './tenants';
import { times } from './times';
import { weakAlgorithms } from './weak-algorithms';
import { wrapping } from './wrapping';

export function rejectedVectors(): readonly RejectedVector[] {
  return [
    ...signatureExclusion,
    ...wrapping,
    ...references,
    ...weakAlgorithms,
    ...canonicalTricks,
    ...octetsAndMarkup,
    ...protocolFields,
    ...times,
    ...subjects,
    ...tenants,
    ...encryptionMisuse,
    ...floods,
  ];
}
