import type { Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import { refuseUnpromoted } from './refusals';
import { refuseDisabled } from './start-login';
import type { VerifiedIdentity } from './verified-identity';

/** Throws `protocol_disabled` or `connection_disabled`: whatever was vouched for leads nowhere through this connection now. */
export function refuseUnusable(
  protocols: Protocols,
  connection: Connection,
  identity: Pick<VerifiedIdentity, 'version'>,
): void {
  protocols.refuseClosed(connection.protocol);
  refuseDisabled(connection);
  refuseUnpromoted(identity);
}
