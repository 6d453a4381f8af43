import { entityTag } from './entity-tag';
import type { Projection } from './projection';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json';
import type { StoredResource } from '../resource-store';
import type { ResourceType } from '../schema/attribute';

/** Whose resources the values of these attributes are: the store knows IDs and no addresses. */
export const referring: ReadonlyMap<string, string> = new Map([
  ['members', '/Users'],
  ['groups', '/Groups'],
]);

export function locationOf(baseUrl: string, type: ResourceType, id: string): string {
  return `${baseUrl}${type.endpoint}/${encodeURIComponent(id)}`;
}

/** A resource as a client sees it (RFC 7643 3). It is made for each one on a page, so that it copies nothing twice. */
export function renderResource(
  stored: StoredResource,
  type: ResourceType,
  baseUrl: string,
  projection: Projection,
): JsonObject {
  const { id, content } = stored;
  const extensions: string[] = [];
  const resource: { [name: string]: Json } = { schemas: [type.schema.id], id };
  for (const name of Object.keys(content)) {
    const value = projection.shown(name, withAddresses(name, content[name], baseUrl));
    // A name of ours or a URN: nothing that an object inherits is called so.
    if (value === undefined || name in resource) continue;
    if (name.includes(':')) extensions.push(name);
    resource[name] = value;
  }
  const meta = projection.shown('meta', metaOf(stored, type, baseUrl));
  if (meta !== undefined) resource['meta'] = meta;
  // RFC 7643 3: of what is in the answer, whoever left out the rest.
  if (extensions.length > 0) resource['schemas'] = [type.schema.id, ...extensions.sort()];
  return resource;
}

function metaOf({ id, version, createdAt, updatedAt }: StoredResource, type: ResourceType, baseUrl: string) {
  return {
    resourceType: type.name,
    created: createdAt.toISOString(),
    lastModified: updatedAt.toISOString(),
    location: locationOf(baseUrl, type, id),
    version: entityTag(version),
  };
}

function withAddresses(name: string, values: Json | undefined, baseUrl: string): Json | undefined {
  const endpoint = referring.get(name);
  if (endpoint === undefined || !isJsonList(values)) return values;
  return values.map((value) => withAddress(value, baseUrl + endpoint));
}

function withAddress(value: Json, endpoint: string): Json {
  if (!isJsonObject(value) || typeof value['value'] !== 'string') return value;
  return { ...value, $ref: `${endpoint}/${encodeURIComponent(value['value'])}` };
}
