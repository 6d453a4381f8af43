import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../json';
import type { BulkOperation } from './read-bulk';

const mark = 'bulkId:';

/** Which resources of the same request an operation speaks of (RFC 7644 3.7.2), by bulkId. */
export function referencesOf({ path, data }: BulkOperation): ReadonlySet<string> {
  const found = new Set<string>();
  const see = (text: string): string => {
    if (text.startsWith(mark)) found.add(text.slice(mark.length));
    return text;
  };
  path.split('/').forEach(see);
  if (data !== undefined) eachText(data, see);
  return found;
}

/** The operation with the IDs that these resources were given. */
export function withReferences(operation: BulkOperation, ids: ReadonlyMap<string, string>): BulkOperation {
  const idOf = (text: string): string =>
    text.startsWith(mark) ? (ids.get(text.slice(mark.length)) ?? text) : text;
  const { data } = operation;
  return {
    ...operation,
    path: operation.path.split('/').map(idOf).join('/'),
    ...(data === undefined ? {} : { data: eachText(data, idOf) }),
  };
}

function eachText(object: JsonObject, change: (text: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      value === undefined ? value : changed(value, change),
    ]),
  );
}

function changed(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (isJsonList(value)) return value.map((each) => changed(each, change));
  return isJsonObject(value) ? eachText(value, change) : value;
}
