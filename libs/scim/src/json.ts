/** What JSON can say. Objects that this library makes have no prototype: `__proto__` is a name like any other in them. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** An object under construction, without a prototype. */
export function emptyObject(): { [name: string]: Json | undefined } {
  return { __proto__: null };
}

export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name as the object spells it: names of attributes are compared without regard to case (RFC 7643 2.1). */
export function spelledAs(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted) ?? name;
}

/** What an object has under a name, and has itself: nothing that it inherits. */
export function partNamed(object: JsonObject, name: string): Json | undefined {
  const spelled = spelledAs(object, name);
  return Object.hasOwn(object, spelled) ? object[spelled] : undefined;
}

/** What JSON value this is, in the words of an error: no value of a client is repeated in one. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isJsonList(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The same text for the same value, whatever the order of its names. */
export function fingerprint(value: Json): string {
  if (isJsonList(value)) return `[${value.map(fingerprint).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  let text = '';
  for (const name of Object.keys(value).sort())
    text += `${JSON.stringify(name)}:${fingerprint(value[name] ?? null)},`;
  return `{${text}}`;
}

/** The values without those that are the same as one before. */
export function distinct(values: readonly Json[]): readonly Json[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size < seen.add(fingerprint(value)).size);
}

export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (isJsonList(one))
    return (
      isJsonList(other) && one.length === other.length && one.every((value, at) => isSame(value, other[at]))
    );
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}
