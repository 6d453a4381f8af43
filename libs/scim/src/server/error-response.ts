import { answer, type ScimResponse } from './scim-request';
import type { ScimError } from '../scim-error';

export const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** RFC 7644 3.12: the status is text. */
export function errorResponse(
  { status, detail, scimType }: ScimError,
  headers: { readonly [name: string]: string } = {},
): ScimResponse {
  const body = {
    schemas: [errorSchema],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail,
  };
  return answer(status, body, headers);
}
