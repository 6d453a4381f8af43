import { isJsonList, isJsonObject, spelledAs, type Json } from '../json';
import type { Attribute } from '../schema/attribute';
import type { Quirk } from './quirk';

export const oneForMany: Quirk = {
  name: 'one-for-many',
  clients: ['JumpCloud', 'Rippling', 'OneLogin'],
  why: 'Sends a single object where the schema says a list, most of all for `emails` and `members`.',
};

export const listForOne: Quirk = {
  name: 'list-for-one',
  clients: ['Entra ID'],
  why: 'Older provisioning jobs send `[{"value": "False"}]` for an attribute that has one value.',
};

export function listOf(value: Json): readonly Json[] {
  return isJsonList(value) ? value : [value];
}

/** The one value of a list of one; of an object in the place of a simple value, its `value`. */
export function onlyOf(attribute: Attribute, value: Json): Json {
  const only = isJsonList(value) && value.length === 1 ? (value[0] ?? null) : value;
  if (attribute.type === 'complex' || !isJsonObject(only) || only === value) return only;
  return only[spelledAs(only, 'value')] ?? null;
}
