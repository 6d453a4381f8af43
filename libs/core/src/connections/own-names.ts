import { connectionId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Connection } from './connection';
import type { ConnectionStore } from './connection-store';

const metadataAddress = /^https?:\/\/[^/]+(?:\/[^?#]*)?\/saml\/metadata\/([^/?#]+)/i;

/**
 * Refuses names that are the name of another connection here, under the deployment's host or a tenant's: an assertion made
 * out to that one must never be for us, even if a later check were to fail.
 */
export async function refuseForeignNames(
  connections: Pick<ConnectionStore, 'findAnywhere'>,
  publicUrl: string,
  { id }: Pick<Connection, 'id'>,
  names: readonly string[] = [],
): Promise<void> {
  for (const name of names) {
    const named = metadataAddress.exec(name)?.[1];
    if (named === undefined || named === id) continue;
    if (name.startsWith(`${publicUrl}/saml/metadata/`) || (await exists(connections, named)))
      throw foreign(name);
  }
}

// One that is not here is none of ours: an identity provider may know us by the name that we had on another deployment.
async function exists(connections: Pick<ConnectionStore, 'findAnywhere'>, named: string): Promise<boolean> {
  return connectionId.is(named) && (await connections.findAnywhere(named)) !== undefined;
}

function foreign(got: string): SsoError {
  return new SsoError(
    'validation_failed',
    'This is the entity ID of another connection. Give only names that identity providers know this one by.',
    { want: 'a name of this connection', got },
  );
}
