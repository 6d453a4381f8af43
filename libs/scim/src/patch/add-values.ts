import { withPart } from '../content/place';
import { fingerprint, isJsonObject, isSame, type Json, type JsonObject } from '../json';

/** RFC 7644 3.5.2.1: what is there already is not added again. What is there and says less is completed. */
export function addValues(before: readonly Json[], given: readonly Json[]): readonly Json[] {
  const list = [...before];
  const places = new Map<string, number>();
  list.forEach((value, at) => keep(places, value, at));
  for (const value of given) {
    const at = keysSought(value).flatMap((key) => places.get(key) ?? [])[0];
    if (at === undefined) list.push(value);
    else list[at] = mergeValue(list[at] ?? value, value);
  }
  return list;
}

/** A value with what another says of it. The same object where that is nothing new. */
export function mergeValue(one: Json, other: Json): Json {
  if (!isJsonObject(one) || !isJsonObject(other)) return other;
  return Object.entries(other).reduce<JsonObject>(
    (made, [name, part]) => (isSame(made[name], part) ? made : withPart(made, name, part)),
    one,
  );
}

function keep(places: Map<string, number>, value: Json, at: number): void {
  for (const key of keysOf(value)) if (!places.has(key)) places.set(key, at);
}

// The same address may be there twice under two types. Without a type, either is meant.
function keysOf(value: Json): string[] {
  const { said, type } = namesIn(value);
  return type === '' ? [said] : [`${said} ${type}`, `${said} *`];
}

function keysSought(value: Json): string[] {
  const { said, type } = namesIn(value);
  return type === '' ? [said, `${said} *`] : [`${said} ${type}`, said];
}

function namesIn(value: Json): { said: string; type: string } {
  if (!isJsonObject(value) || value['value'] === undefined) return { said: fingerprint(value), type: '' };
  return {
    said: fingerprint(value['value']),
    type: value['type'] === undefined ? '' : fingerprint(value['type']),
  };
}
