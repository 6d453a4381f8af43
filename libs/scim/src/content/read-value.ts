import { distinct, emptyObject, isJsonList, isJsonObject, kindOf, type Json } from '../json';
import { booleanOf } from '../quirks/booleans-as-text';
import { onlyOf } from '../quirks/list-for-one';
import { listOf } from '../quirks/one-for-many';
import { withPlainValue } from '../quirks/plain-value';
import type { Attribute } from '../schema/attribute';
import { attributeNamed, isKept, isOfResources } from '../schema/find-attribute';
import { ScimError } from '../scim-error';

/** What is found by an index must fit into one: this many characters always do. */
const longestKey = 512;
const longestList = 500;

/**
 * A value as its attribute describes it, in the schema's spelling and without what clients cannot write. Nothing where it is
 * unassigned: RFC 7643 2.5 has null and an empty list mean that.
 */
export function readValue(
  attribute: Attribute,
  value: Json | undefined,
  at = attribute.name,
): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (attribute.multiValued) return readList(attribute, value, at);
  const only = onlyOf(attribute, value);
  return only === null ? undefined : readers[attribute.type](attribute, only, at);
}

function readList(attribute: Attribute, value: Json, at: string): Json | undefined {
  const each = { ...attribute, multiValued: false };
  const list = distinct(listOf(value).flatMap((item) => readValue(each, item, at) ?? []));
  refuseLongList(attribute, list, at);
  return list.length === 0 ? undefined : list;
}

export function refuseLongList(attribute: Attribute, list: readonly Json[], at = attribute.name): void {
  if (list.length <= longestList || isOfResources(attribute)) return;
  throw new ScimError(400, `${at} takes at most ${String(longestList)} values.`, 'invalidValue');
}

type Reader = (attribute: Attribute, value: Json, at: string) => Json | undefined;

const readers: Readonly<Record<Attribute['type'], Reader>> = {
  string: (attribute, value, at) => readText(attribute, value, at),
  reference: (attribute, value, at) => readText(attribute, value, at),
  boolean: (_, value, at) => booleanOf(value) ?? refuse(at, 'true or false', value),
  decimal: (_, value, at) => (typeof value === 'number' ? value : refuse(at, 'a number', value)),
  integer: (_, value, at) => (Number.isSafeInteger(value) ? value : refuse(at, 'a whole number', value)),
  dateTime: (attribute, value, at) =>
    readMatching(dateTime, 'a date and time such as 2026-01-31T08:00:00Z', attribute, value, at),
  binary: (attribute, value, at) => readMatching(base64, 'base64', attribute, value, at),
  complex: readParts,
};

const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const base64 = /^[A-Za-z0-9+/_=\s-]*$/;

function readText(attribute: Attribute, value: Json, at: string): string {
  if (typeof value !== 'string') return refuse(at, 'a text', value);
  const isKey = attribute.uniqueness !== 'none' || attribute.name === 'externalId';
  if (isKey && value.length > longestKey)
    throw new ScimError(400, `${at} takes at most ${String(longestKey)} characters.`, 'invalidValue');
  return value;
}

function readMatching(form: RegExp, wanted: string, attribute: Attribute, value: Json, at: string): string {
  const text = readText(attribute, value, at);
  return form.test(text) ? text : refuse(at, wanted, value);
}

function readParts(attribute: Attribute, value: Json, at: string): Json | undefined {
  const whole = withPlainValue(attribute, value);
  if (!isJsonObject(whole)) return refuse(at, 'an object', value);
  const described = attribute.subAttributes ?? [];
  const parts = emptyObject();
  for (const [name, part] of Object.entries(whole)) {
    const sub = attributeNamed(described, name);
    if (!sub || !isKept(sub)) continue;
    const read = readValue(sub, part, `${at}.${sub.name}`);
    if (read !== undefined) parts[sub.name] = read;
  }
  if (Object.keys(parts).length === 0) return undefined;
  refuseMissingPart(described, parts, at);
  return parts;
}

function refuseMissingPart(
  described: readonly Attribute[],
  parts: Readonly<Record<string, Json | undefined>>,
  at: string,
): void {
  const missing = described.find((sub) => sub.required && parts[sub.name] === undefined);
  if (missing) throw new ScimError(400, `Each value of ${at} needs ${missing.name}.`, 'invalidValue');
}

function refuse(at: string, wanted: string, value: Json): never {
  throw new ScimError(400, `${at} takes ${wanted}. What came is ${kindOf(value)}.`, 'invalidValue');
}

/** What no schema describes is kept as it came. */
export function readUndescribed(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || (isJsonList(value) && value.length === 0)) return undefined;
  return value;
}
