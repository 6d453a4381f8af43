import type { Attribute, ResourceType, Schema } from './attribute';
import { commonAttributes } from './every-resource';

const indexes = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

function indexOf(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  const known = indexes.get(attributes);
  if (known) return known;
  const made = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
  indexes.set(attributes, made);
  return made;
}

/** RFC 7643 2.1: names of attributes are compared without regard to case. */
export function attributeNamed(attributes: readonly Attribute[], name: string): Attribute | undefined {
  return indexOf(attributes).get(name.toLowerCase());
}

/** An attribute that stands at the top of a resource: of its core schema, or common to all. */
export function topAttribute(type: ResourceType, name: string): Attribute | undefined {
  return attributeNamed(type.schema.attributes, name) ?? attributeNamed(commonAttributes, name);
}

/** URNs are compared without regard to case (RFC 8141 3.1, for those that SCIM uses). */
export function extensionNamed(type: ResourceType, urn: string): Schema | undefined {
  const wanted = urn.toLowerCase();
  return type.extensions.find((schema) => schema.id.toLowerCase() === wanted);
}

/** Whether a client decides what is in it. A password is accepted and not kept, so nothing can come to depend on it. */
export function isKept(attribute: Attribute): boolean {
  return attribute.mutability !== 'readOnly' && attribute.returned !== 'never';
}

/** Whether its values refer to resources: wherever they are kept, they are rows of their own, as many as there are. */
export function isOfResources({ subAttributes }: Attribute): boolean {
  return subAttributes?.some(({ name }) => name === '$ref') ?? false;
}
