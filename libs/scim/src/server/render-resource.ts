import { entityTag } from './entity-tag';
import type { Projection } from './projection';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json';
import type { StoredResource } from '../resource-store';
import type { ResourceType } from '../schema/attribute';

/** Whose resources the values of these attributes are: the store knows IDs and no addresses. */
const referring: ReadonlyMap<string, string> = new Map([
  ['members', '/Users'],
  ['groups', '/Groups'],
]);

export function locationOf(baseUrl: string, type: ResourceType, id: string): string {
  return `${baseUrl}${type.endpoint}/${encodeURIComponent(id)}`;
}

/** A resource as a client sees it (RFC 7643 3). */
export function renderResource(
  stored: StoredResource,
  type: ResourceType,
  baseUrl: string,
  projection: Projection,
): JsonObject {
  const shown = projection.apply({
    id: stored.id,
    ...withAddresses(stored.content, baseUrl),
    meta: {
      resourceType: type.name,
      created: stored.createdAt.toISOString(),
      lastModified: stored.updatedAt.toISOString(),
      location: locationOf(baseUrl, type, stored.id),
      version: entityTag(stored.version),
    },
  });
  return { schemas: schemasOf(shown, type), ...shown };
}

/** RFC 7643 3: of what is in the answer, so that it does not matter what was left out by whom. */
function schemasOf(content: JsonObject, type: ResourceType): readonly string[] {
  const extensions = Object.keys(content).filter((name) => /^urn:/i.test(name));
  return [type.schema.id, ...extensions.sort()];
}

function withAddresses(content: JsonObject, baseUrl: string): JsonObject {
  const addressed = [...referring].flatMap(([name, endpoint]): [string, Json][] => {
    const values = content[name];
    return isJsonList(values) ? [[name, values.map((value) => withAddress(value, baseUrl + endpoint))]] : [];
  });
  return addressed.length === 0 ? content : { ...content, ...Object.fromEntries(addressed) };
}

function withAddress(value: Json, endpoint: string): Json {
  if (!isJsonObject(value) || typeof value['value'] !== 'string') return value;
  return { ...value, $ref: `${endpoint}/${encodeURIComponent(value['value'])}` };
}
