import { parseAttribute } from '../filter/parse-attribute';
import type { AttributeRef, ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';

/** RFC 7644 3.4.2.3: what the values of `sortBy` are; of a complex attribute that has one, its `value`. */
export function sortAttribute(name: string, type: ResourceType): AttributeRef {
  const ref = parseAttribute(name, type);
  const { attribute, sub } = ref;
  if ((sub ?? attribute).returned === 'never') {
    throw new ScimError(400, `Nobody may sort by ${name}: it is never shown.`, 'invalidPath');
  }
  if (attribute.type !== 'complex' || sub !== undefined) return ref;
  const value = attribute.subAttributes?.find((part) => part.name === 'value');
  if (value !== undefined) return { ...ref, sub: value };
  throw new ScimError(400, `Say by which part of ${name} to sort: ${partsOf(ref)}.`, 'invalidPath');
}

function partsOf({ attribute }: AttributeRef): string {
  return (attribute.subAttributes ?? []).map((part) => `${attribute.name}.${part.name}`).join(', ');
}
