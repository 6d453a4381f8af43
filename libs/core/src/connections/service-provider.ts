import type { Connection } from './connection';

/** Our own addresses for a connection, as its identity provider must know them. */
export interface ServiceProvider {
  readonly entityId: string;
  /** Every audience by which an assertion may name us: the entity ID and its aliases. */
  readonly audiences: readonly string[];
  readonly metadataUrl: string;
  readonly acsUrl: string;
  /** The same endpoint by query, for consoles that want one path for all (CON-4). */
  readonly acsUrlByQuery: string;
  /** Where logout messages come, by Redirect and by POST. */
  readonly sloUrl: string;
}

/** `publicUrl` has no trailing slash. */
export function serviceProvider(
  publicUrl: string,
  {
    id,
    host,
    spEntityId,
    spEntityIdAliases,
  }: Pick<Connection, 'id' | 'host' | 'spEntityId' | 'spEntityIdAliases'>,
): ServiceProvider {
  const base = host === undefined ? publicUrl : `https://${host}`;
  const metadataUrl = `${base}/saml/metadata/${id}`;
  // Each connection has its own, because some identity providers refuse a second application with the same one.
  const entityId = spEntityId ?? metadataUrl;
  return {
    entityId,
    audiences: [entityId, ...spEntityIdAliases],
    metadataUrl,
    acsUrl: `${base}/saml/acs/${id}`,
    acsUrlByQuery: `${base}/saml/acs?connection=${id}`,
    sloUrl: `${base}/saml/slo/${id}`,
  };
}
