import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../json';
import { ScimError } from '../../scim-error';
import { readBody } from '../request-parts';
import type { ScimLimits } from '../scim-options';
import type { ScimRequest } from '../scim-request';

/** One operation of a bulk request (RFC 7644 3.7), as it came. */
export interface BulkOperation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly data?: JsonObject;
}

export interface BulkRequest {
  readonly operations: readonly BulkOperation[];
  /** After how many failures the rest is left alone. */
  readonly failOnErrors: number;
}

/** Refused as a whole where it is too much (RFC 7644 3.7.4) or no bulk request at all. */
export function readBulk(request: ScimRequest, limits: ScimLimits): BulkRequest {
  const bytes = Buffer.byteLength(request.body ?? '');
  if (bytes > limits.bulkBytes) {
    throw tooMuch(`The request has ${bytes} bytes, at most ${limits.bulkBytes} are taken at once.`);
  }
  const body = readBody(request);
  const operations = fieldOf(body, 'Operations');
  if (!isJsonList(operations)) {
    throw new ScimError(400, 'A bulk request needs Operations: a list.', 'invalidSyntax');
  }
  if (operations.length > limits.bulkOperations) {
    const most = `at most ${limits.bulkOperations} are taken at once`;
    throw tooMuch(`The request has ${operations.length} operations, ${most}.`);
  }
  return {
    operations: operations.map(readOperation),
    failOnErrors: readFailOnErrors(fieldOf(body, 'failOnErrors')),
  };
}

function tooMuch(what: string): ScimError {
  return new ScimError(413, `${what} Send it in several requests.`);
}

function readFailOnErrors(value: Json | undefined): number {
  if (value === undefined || value === null) return Infinity;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  const got = JSON.stringify(value);
  throw new ScimError(400, `failOnErrors has to be a whole number from 1, it is ${got}.`, 'invalidValue');
}

function readOperation(operation: Json): BulkOperation {
  if (!isJsonObject(operation)) {
    throw new ScimError(400, 'Each of the Operations has to be an object.', 'invalidSyntax');
  }
  const bulkId = textOf(operation, 'bulkId');
  const version = textOf(operation, 'version');
  const data = fieldOf(operation, 'data');
  return {
    method: textOf(operation, 'method')?.toUpperCase() ?? '',
    path: textOf(operation, 'path') ?? '',
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(version === undefined ? {} : { version }),
    ...(isJsonObject(data) ? { data } : {}),
  };
}

function textOf(operation: JsonObject, name: string): string | undefined {
  const value = fieldOf(operation, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new ScimError(400, `${name} of an operation has to be text.`, 'invalidSyntax');
}

/** RFC 7643 2.1: names of attributes are the same in any case. */
function fieldOf(object: JsonObject, name: string): Json | undefined {
  const exact = object[name];
  if (exact !== undefined) return exact;
  const other = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return other === undefined ? undefined : object[other];
}
