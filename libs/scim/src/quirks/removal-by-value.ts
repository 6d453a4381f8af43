import { isJsonObject, isSame, type Json } from '../json';
import { listOf } from './one-for-many';
import type { Quirk } from './quirk';

export const removalByValue: Quirk = {
  name: 'removal-by-value',
  clients: ['Entra ID'],
  why: 'Removes members by `{"op": "Remove", "path": "members", "value": [{"value": "…"}]}`. Read as the RFC has it, all would go.',
};

/** Whether a list that came with a removal names this value: by its `value`, else by all parts that were given. */
export function isNamedIn(listed: Json, value: Json): boolean {
  return listOf(listed).some((one) => names(one, value));
}

function names(one: Json, value: Json): boolean {
  if (!isJsonObject(one) || !isJsonObject(value)) return isSame(one, value);
  if (one['value'] !== undefined) return isSame(one['value'], value['value']);
  return Object.keys(one).every((part) => isSame(one[part], value[part]));
}
