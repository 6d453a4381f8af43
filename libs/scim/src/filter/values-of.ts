import { isJsonList, isJsonObject, type Json, type JsonObject } from '../json';
import type { AttributeRef } from '../schema/attribute';

/** RFC 7643 2.5: null and no value are the same. An attribute has no value, one, or several where it is multi-valued. */
export function valuesOf(resource: JsonObject, { extension, attribute }: AttributeRef): readonly Json[] {
  const home = extension === undefined ? resource : own(resource, extension);
  const values = own(home, attribute.name);
  return (isJsonList(values) ? values : [values]).filter((value) => value !== null);
}

/** What a reference means within one value: the part that it names, or the value itself. */
export const partOf = (value: Json, { sub }: AttributeRef): Json => (sub ? own(value, sub.name) : value);

/** Whether there is anything in it (RFC 7644 3.4.2.2, `pr`): an empty text is nothing, `false` is something. */
export function isPresent(value: Json): boolean {
  if (value === null || value === '') return false;
  if (typeof value !== 'object') return true;
  return (isJsonList(value) ? value : Object.values(value)).some((part) => isPresent(part ?? null));
}

// A name that an object inherits, such as `constructor`, is not in it.
function own(value: Json, name: string): Json {
  return isJsonObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}
