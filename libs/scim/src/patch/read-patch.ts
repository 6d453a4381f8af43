import { refuseManyAttributes } from '../content/refuse-unfit';
import { parsePath } from '../filter/parse-path';
import { isJsonList, isJsonObject, kindOf, partNamed, type Json } from '../json';
import { verbOf } from '../quirks/capital-operations';
import { creatingValue, isCapital } from '../quirks/replace-creates-value';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';
import type { PatchOperation } from './patch-operation';
import { readAt, readObject } from './read-operation';

const mostOperations = 1000;
const mostAttributes = 10_000;

/** The operations of a PATCH (RFC 7644 3.5.2), in whatever dialect they came. */
export function readPatch(body: Json, type: ResourceType): PatchOperation[] {
  return operationsIn(body).flatMap((operation, at) =>
    naming(`Operation ${String(at + 1)}`, () => readOperation(operation, type)),
  );
}

function operationsIn(body: Json): readonly Json[] {
  const operations = isJsonObject(body) ? partNamed(body, 'Operations') : undefined;
  if (!isJsonList(operations) || operations.length === 0)
    throw new ScimError(
      400,
      'A PATCH takes an object with a list of Operations, of one or more.',
      'invalidSyntax',
    );
  if (operations.length > mostOperations)
    throw new ScimError(
      413,
      `A PATCH takes at most ${String(mostOperations)} operations. Send the rest in another one.`,
    );
  refuseManyAttributes({ ...operations }, 'A PATCH', mostAttributes);
  return operations;
}

function readOperation(operation: Json, type: ResourceType): PatchOperation[] {
  if (!isJsonObject(operation))
    throw new ScimError(400, `it is an object. What came is ${kindOf(operation)}.`, 'invalidSyntax');
  const op = verbOf(partNamed(operation, 'op'));
  if (!op) throw new ScimError(400, 'its op is add, replace or remove.', 'invalidSyntax');
  const path = partNamed(operation, 'path') ?? '';
  if (typeof path !== 'string')
    throw new ScimError(400, `its path is a text. What came is ${kindOf(path)}.`, 'invalidPath');
  const value = partNamed(operation, 'value');
  if (path === '') return readObject(op, value, type);
  const read = readAt(op, parsePath(path, type), value, type);
  return isCapital(partNamed(operation, 'op')) ? read.map(creatingValue) : read;
}

function naming<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new ScimError(error.status, `${place}: ${error.detail}`, error.scimType);
  }
}
