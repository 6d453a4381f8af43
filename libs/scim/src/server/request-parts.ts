import { readQuery } from './list-request';
import { Projection } from './projection';
import type { ScimRequest } from './scim-request';
import { isJsonObject, type JsonObject } from '../json';
import { parseJson } from '../parse-json';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

const mediaTypes: readonly string[] = ['application/scim+json', 'application/json'];

/** RFC 7644 3.1 and 3.8; a client that does not say what it sends is believed to send JSON. */
export function readBody({ headers, body }: ScimRequest): JsonObject {
  const mediaType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== '' && !mediaTypes.includes(mediaType)) {
    throw new ScimError(415, `Send the body as application/scim+json; it came as ${mediaType}.`);
  }
  if (body === undefined || body.trim() === '') {
    throw new ScimError(400, 'The request needs a body: a JSON object.', 'invalidSyntax');
  }
  const json = parseJson(body);
  if (isJsonObject(json)) return json;
  throw new ScimError(400, 'The body has to be a JSON object.', 'invalidSyntax');
}

/** The attributes that the answer to a request about one resource is to have. */
export function projectionOf({ query }: ScimRequest, type: ResourceType): Projection {
  const { attributes, excludedAttributes } = readQuery(query);
  return Projection.of(type, attributes, excludedAttributes);
}
