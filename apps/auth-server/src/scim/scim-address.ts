/** Below which every directory has its address. */
export const scimRoot = '/scim/v2/';

/** What a client asked for: whose directory it says that is, and what below it. */
export interface ScimAddress {
  readonly directory: string;
  readonly path: string;
  readonly query?: string;
}

const shape = /^\/scim\/v2\/([^/?]+)(\/[^?]*)?(?:\?(.*))?$/s;

/** Nothing for an address that names no directory. */
export function readScimAddress(url: string): ScimAddress | undefined {
  const [, directory, path = '/', query] = shape.exec(url) ?? [];
  if (directory === undefined) return undefined;
  return { directory, path, ...(query !== undefined && { query }) };
}
