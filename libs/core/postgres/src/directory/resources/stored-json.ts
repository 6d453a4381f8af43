import type { Content, Json, JsonObject } from '@gatehouse/scim';

/** What came out of the database as JSON, in objects without a prototype. */
export function storedJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(storedJson);
  if (typeof value === 'object' && value !== null) return storedContent(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

export function storedContent(value: unknown): Content {
  const content: { [name: string]: Json | undefined } = { __proto__: null };
  if (typeof value !== 'object' || value === null) return content;
  for (const [name, each] of Object.entries(value)) content[name] = storedJson(each);
  return content;
}

/** The content without what is kept elsewhere, or nowhere. */
export function without(content: Content, ...names: readonly string[]): Content {
  const rest: { [name: string]: Json | undefined } = { __proto__: null };
  for (const [name, value] of Object.entries(content)) if (!names.includes(name)) rest[name] = value;
  return rest;
}

/** The content with one attribute more, where there is something in it. */
export function withPart(content: Content, name: string, value: Json): Content {
  if (!Array.isArray(value) || value.length === 0) return content;
  const whole: { [name: string]: Json | undefined } = { __proto__: null };
  return Object.assign(whole, content, { [name]: value });
}

export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
