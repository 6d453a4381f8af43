import { isJsonList, isJsonObject, partNamed, type Json } from '../json';
import type { Attribute } from '../schema/attribute';
import type { Quirk } from './quirk';

export const listForOne: Quirk = {
  name: 'list-for-one',
  clients: ['Entra ID'],
  why: 'Older provisioning jobs send `[{"value": "False"}]` for an attribute that has one value.',
};

/** The one value of a list of one; where that is an object in the place of a simple value, its `value`. */
export function onlyOf(attribute: Attribute, value: Json): Json {
  if (!isJsonList(value) || value.length !== 1) return value;
  const only = value[0] ?? null;
  return attribute.type !== 'complex' && isJsonObject(only) ? (partNamed(only, 'value') ?? null) : only;
}
