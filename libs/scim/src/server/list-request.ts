import { isJsonList, type Json, type JsonObject } from '../json';
import { ScimError } from '../scim-error';
import { queryParameters } from './query-parameters';

/** What a client asks of a list: in the query of a GET (RFC 7644 3.4.2), or in the body of a `.search` (3.4.3). */
export interface ListRequest {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly descending: boolean;
  readonly startIndex: number;
  /** As large a page as the server likes where it is absent. */
  readonly count?: number;
  /** Empty for the first page by cursor; absent where the pages go by index. */
  readonly cursor?: string;
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
}

type Values = ReadonlyMap<string, Json>;

/** The first of each parameter counts. */
export function readQuery(query: string | undefined): ListRequest {
  const pairs = queryParameters(query ?? '').toReversed();
  return readValues(new Map(pairs.map(([name, value]) => [name.toLowerCase(), value])));
}

export function readSearchRequest(body: JsonObject): ListRequest {
  const values = new Map<string, Json>();
  for (const [name, value] of Object.entries(body)) {
    if (value !== undefined && value !== null) values.set(name.toLowerCase(), value);
  }
  return readValues(values);
}

function readValues(values: Values): ListRequest {
  const filter = readText(values, 'filter');
  const sortBy = readText(values, 'sortBy');
  const count = readNumber(values, 'count', 'invalidCount');
  const cursor = readText(values, 'cursor');
  return {
    ...(filter === undefined || filter.trim() === '' ? {} : { filter }),
    ...(sortBy === undefined || sortBy.trim() === '' ? {} : { sortBy: sortBy.trim() }),
    descending: readText(values, 'sortOrder')?.trim().toLowerCase() === 'descending',
    startIndex: Math.max(1, readNumber(values, 'startIndex', 'invalidValue') ?? 1),
    ...(count === undefined ? {} : { count: Math.max(0, count) }),
    ...(cursor === undefined ? {} : { cursor }),
    attributes: readNames(values, 'attributes'),
    excludedAttributes: readNames(values, 'excludedAttributes'),
  };
}

function readText(values: Values, name: string): string | undefined {
  const value = values.get(name.toLowerCase());
  if (value === undefined) return undefined;
  if (typeof value === 'string' && !value.includes('\0')) return value;
  throw new ScimError(
    400,
    `${name} has to be text without U+0000, it is ${JSON.stringify(value)}.`,
    'invalidValue',
  );
}

const most = 999_999_999;

function readNumber(
  values: Values,
  name: string,
  scimType: 'invalidCount' | 'invalidValue',
): number | undefined {
  const value = values.get(name.toLowerCase());
  if (value === undefined || value === '') return undefined;
  const text = JSON.stringify(value).replace(/^"|"$/g, '').trim();
  // What is more than there can be is cut, as a large page is: clients that want everything ask for 2147483647.
  if (/^[+-]?\d+$/.test(text)) return Math.min(most, Number(text));
  throw new ScimError(400, `${name} has to be a whole number, it is ${JSON.stringify(value)}.`, scimType);
}

function readNames(values: Values, name: string): readonly string[] {
  const value = values.get(name.toLowerCase());
  if (value === undefined) return [];
  const names = isJsonList(value) ? value : typeof value === 'string' ? value.split(',') : [value];
  return names.flatMap((each) => {
    if (typeof each === 'string') return each.trim() === '' ? [] : [each.trim()];
    throw new ScimError(400, `${name} has to list names of attributes.`, 'invalidValue');
  });
}
