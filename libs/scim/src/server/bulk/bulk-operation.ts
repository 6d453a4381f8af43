import type { BulkOperation } from './read-bulk';
import { ScimError } from '../../scim-error';
import { type ScimRequest, scimMediaType } from '../scim-request';

const aResource = /^\/(Users|Groups)\/[^/?]+$/;

const forms: ReadonlyMap<string, RegExp> = new Map([
  ['POST', /^\/(Users|Groups)$/],
  ['PUT', aResource],
  ['PATCH', aResource],
  ['DELETE', aResource],
]);

/** Refuses what is no operation of a bulk request (RFC 7644 3.7); `isFirst`: the first POST with this bulkId. */
export function refuseMalformed({ method, path, bulkId }: BulkOperation, isFirst: boolean): void {
  if (forms.get(method)?.test(path) !== true) {
    const wanted = 'a POST to /Users or /Groups, or a PUT, PATCH or DELETE of one of them';
    throw malformed(`An operation is ${wanted}; this is ${method} ${path}.`);
  }
  if (method !== 'POST') return;
  if (bulkId === undefined) throw malformed('A POST in a bulk request needs a bulkId.');
  if (!isFirst) throw malformed(`The bulkId ${JSON.stringify(bulkId)} is that of another operation, too.`);
}

function malformed(detail: string): ScimError {
  return new ScimError(400, detail, 'invalidValue');
}

/** The operation as a request of its own. */
export function requestOf({ method, path, version, data }: BulkOperation): ScimRequest {
  const ifMatch = version === undefined ? {} : { 'if-match': version };
  return {
    method,
    path,
    headers: { 'content-type': scimMediaType, ...ifMatch },
    ...(data === undefined ? {} : { body: JSON.stringify(data) }),
  };
}
