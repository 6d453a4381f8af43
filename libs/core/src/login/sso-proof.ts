import type { Connection } from '../connections/connection';
import type { SsoProof } from '../sessions/proof';
import type { VerifiedIdentity } from './verified-identity';

/** What a connection's protocol vouched for, as the session opener asks for it. */
export function proofOf(connection: Connection, identity: VerifiedIdentity): SsoProof {
  return {
    via: connection.protocol,
    connectionId: connection.id,
    authenticatedAt: identity.authenticatedAt,
    sessionIndex: identity.sessionIndex,
    nameId: identity.nameId,
    notOnOrAfter: identity.sessionNotOnOrAfter,
    groups: identity.groups,
    attributes: identity.custom,
    idpInitiated: identity.inResponseTo === undefined,
    userAgent: identity.userAgent,
  };
}
