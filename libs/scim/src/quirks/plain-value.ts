import { emptyObject, type Json } from '../json';
import type { Attribute } from '../schema/attribute';
import { attributeNamed } from '../schema/find-attribute';
import type { Quirk } from './quirk';

export const plainValue: Quirk = {
  name: 'plain-value',
  clients: ['Entra ID', 'OneLogin', 'Google Workspace'],
  why: 'Sends `manager`, `emails` or `members` as a text, which is meant as the `value` of the complex attribute; empty where there is none.',
};

/** What is meant by a plain text in the place of a complex value. */
export function withPlainValue(attribute: Attribute, value: Json): Json {
  if (typeof value !== 'string' || !attributeNamed(attribute.subAttributes ?? [], 'value')) return value;
  const made = emptyObject();
  if (value !== '') made['value'] = value;
  return made;
}
