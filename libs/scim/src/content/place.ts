import { emptyObject, isJsonObject, partNamed, spelledAs, type Json, type JsonObject } from '../json';
import type { Content } from '../resource-store';
import type { AttributeRef } from '../schema/attribute';

/** What a resource has of an attribute. */
export function valueAt(content: Content, of: AttributeRef): Json | undefined {
  const home = of.extension === undefined ? content : partNamed(content, of.extension);
  return isJsonObject(home) ? partNamed(home, of.attribute.name) : undefined;
}

/** The resource with another value in that place, or none; an extension of which nothing is left goes too. */
export function withValueAt(content: Content, of: AttributeRef, value: Json | undefined): Content {
  if (of.extension === undefined) return withPart(content, of.attribute.name, value);
  const home = partNamed(content, of.extension);
  const changed = withPart(isJsonObject(home) ? home : emptyObject(), of.attribute.name, value);
  return withPart(content, of.extension, Object.keys(changed).length === 0 ? undefined : changed);
}

/** The object with another value under that name, or none. */
export function withPart(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const spelled = spelledAs(object, name);
  const made = emptyObject();
  for (const [key, part] of Object.entries(object)) if (key !== spelled) made[key] = part;
  if (value !== undefined) made[spelled] = value;
  return made;
}
