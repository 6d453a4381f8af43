import { isJsonList, isJsonObject, type Json } from '../json';
import { withPart } from '../content/place';
import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { attributeNamed } from '../schema/find-attribute';
import type { Quirk } from './quirk';

export const hollowValues: Quirk = {
  name: 'hollow-values',
  clients: ['Entra ID', 'Okta'],
  why: 'Removes `emails[type eq "work"].value`, or sends a phone number whose `value` is null, and means that there is none. What is left of it, a type, goes too.',
};

/** The resource without values that have lost the `value` they were about. */
export function withoutHollowValues(content: Content, type: ResourceType): Content {
  return type.schema.attributes.reduce((kept, { name, multiValued, subAttributes }) => {
    const values = kept[name];
    if (!multiValued || !isJsonList(values) || !attributeNamed(subAttributes ?? [], 'value')) return kept;
    const solid = values.filter(hasValue);
    return solid.length === values.length
      ? kept
      : withPart(kept, name, solid.length === 0 ? undefined : solid);
  }, content);
}

function hasValue(value: Json): boolean {
  return isJsonObject(value) && value['value'] !== undefined;
}
