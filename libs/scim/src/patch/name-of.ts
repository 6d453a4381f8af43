import type { AttributeRef } from '../schema/attribute';

/** An attribute as a client would write it. */
export function nameOf({ extension, attribute, sub }: AttributeRef): string {
  const name = sub ? `${attribute.name}.${sub.name}` : attribute.name;
  return extension === undefined ? name : `${extension}:${name}`;
}
