import { SsoError } from '../shared/sso-error';
import { serviceProvider, type Connection } from './connection';

/**
 * Refuses aliases that are the name of another connection here: an assertion made out to that one must never be for us,
 * even if a later check were to fail.
 */
export function refuseForeignNames(
  publicUrl: string,
  { id }: Pick<Connection, 'id'>,
  names: readonly string[] = [],
): void {
  const own = serviceProvider(publicUrl, { id, spEntityIdAliases: [] }).metadataUrl;
  const foreign = names.find((name) => name.startsWith(`${publicUrl}/saml/metadata/`) && name !== own);
  if (foreign === undefined) return;
  throw new SsoError(
    'validation_failed',
    'This is the entity ID of another connection. Give only names that identity providers know this one by.',
    { want: 'a name of this connection', got: foreign },
  );
}
