import { fingerprint, isJsonObject, isSame, type Json } from '../json';
import { listOf } from './one-for-many';
import type { Quirk } from './quirk';

export const removalByValue: Quirk = {
  name: 'removal-by-value',
  clients: ['Entra ID'],
  why: 'Removes members by `{"op": "Remove", "path": "members", "value": [{"value": "…"}]}`. Read as the RFC has it, all would go.',
};

/** Tells whether a list that came with a removal names a value: by its `value`, else by all parts that were given. */
export function namedIn(listed: Json): (value: Json) => boolean {
  const all = listOf(listed);
  const byValue = new Set(all.flatMap((one) => valueOf(one) ?? []));
  const others = all.filter((one) => valueOf(one) === undefined);
  return (value) => byValue.has(valueOf(value) ?? '') || others.some((one) => names(one, value));
}

function valueOf(one: Json): string | undefined {
  return isJsonObject(one) && one['value'] !== undefined ? fingerprint(one['value']) : undefined;
}

function names(one: Json, value: Json): boolean {
  if (!isJsonObject(one) || !isJsonObject(value)) return isSame(one, value);
  return Object.keys(one).every((part) => isSame(one[part], value[part]));
}
