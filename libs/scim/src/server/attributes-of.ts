import type { Attribute, ResourceType } from '../schema/attribute';
import { commonAttributes } from '../schema/every-resource';

export type Attributes = ReadonlyMap<string, Attribute>;

const none: Attributes = new Map();
const ofTypes = new WeakMap<ResourceType, Attributes>();
const ofAttributes = new WeakMap<Attribute, Attributes>();

/** What stands in a resource at its top, by name in lower case; an extension counts as an attribute with the name of its URN. */
export function attributesOf(type: ResourceType): Attributes {
  return remembered(ofTypes, type, () => [
    ...commonAttributes,
    ...type.schema.attributes,
    ...type.extensions.map(extensionAttribute),
  ]);
}

/** The parts of an attribute, by name in lower case. */
export function partsOf(attribute: Attribute | undefined): Attributes {
  if (attribute?.subAttributes === undefined) return none;
  const { subAttributes } = attribute;
  return remembered(ofAttributes, attribute, () => subAttributes);
}

const hiding = new WeakMap<Attributes, boolean>();

/** Whether some of these are left out of an answer that asks for nothing by name. */
export function hidesSome(attributes: Attributes): boolean {
  const known = hiding.get(attributes);
  if (known !== undefined) return known;
  const hides = [...attributes.values()].some(
    (attribute) =>
      attribute.returned === 'never' || attribute.returned === 'request' || hidesSome(partsOf(attribute)),
  );
  hiding.set(attributes, hides);
  return hides;
}

function extensionAttribute(schema: ResourceType['schema']): Attribute {
  return {
    name: schema.id,
    type: 'complex',
    multiValued: false,
    description: schema.description,
    required: false,
    caseExact: true,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    subAttributes: schema.attributes,
  };
}

function remembered<Key extends object>(
  memory: WeakMap<Key, Attributes>,
  key: Key,
  list: () => readonly Attribute[],
): Attributes {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = new Map(list().map((attribute) => [attribute.name.toLowerCase(), attribute]));
  memory.set(key, made);
  return made;
}
