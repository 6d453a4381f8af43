import type { Attribute, AttributeRef, ResourceType, Schema } from '../schema/attribute';
import { commonAttributes } from '../schema/every-resource';
import { complex, text } from '../schema/describe-attribute';
import { attributeNamed } from '../schema/find-attribute';

/** Refuses a name with what is wrong about it. */
export type Refuse = (problem: string) => never;

interface Home {
  readonly extension?: string;
  readonly attributes: readonly Attribute[];
  /** As it is told in a refusal. */
  readonly named: string;
}

// RFC 7644 3.4.2.2: ATTRNAME. Nothing that has a meaning for JavaScript, such as __proto__, is a name.
const attributeName = /^\$?[a-z][\w-]*$/iu;
const urn = /^urn:[a-z0-9][a-z0-9-]*:[!-~]+$/iu;
const standard = 'urn:ietf:params:scim:schemas:core:';

/** RFC 7644 3.10: `userName`, `name.familyName`, or either of them after the URN of a schema and a colon. */
export function resolveName(name: string, type: ResourceType, refuse: Refuse): AttributeRef {
  if (!name.includes(':')) return findIn(coreOf(type), name, type, refuse);
  const schema = [...type.extensions, type.schema].find(({ id }) => isWithin(name, id));
  if (!schema) return findUndescribed(name, type, refuse);
  const home = schema === type.schema ? coreOf(type) : extensionHome(schema);
  const rest = name.slice(schema.id.length + 1);
  if (rest !== '') return findIn(home, rest, type, refuse);
  if (schema === type.schema) return refuse(`“${name}” names a schema, wanted one of its attributes`);
  return { attribute: wholeOf(schema) };
}

/** A part of a complex attribute. In an extension that no schema describes, each attribute may have parts of any name. */
export function resolvePart(of: AttributeRef, name: string, refuse: Refuse): AttributeRef {
  const sub = of.undescribed
    ? undescribed(name, refuse)
    : attributeNamed(of.attribute.subAttributes ?? [], name);
  if (sub) return { ...of, sub };
  const parts = (of.attribute.subAttributes ?? []).map((part) => part.name).join(', ');
  const known = parts === '' ? 'it has no parts' : `it has ${parts}`;
  return refuse(`“${of.attribute.name}” has no part “${name}”: ${known}`);
}

const coreOf = (type: ResourceType): Home => ({
  attributes: [...commonAttributes, ...type.schema.attributes],
  named: `A ${type.name}`,
});

const extensionHome = ({ id, attributes }: Schema): Home => ({ extension: id, attributes, named: id });

function isWithin(name: string, id: string): boolean {
  const start = name.slice(0, id.length).toLowerCase();
  return start === id.toLowerCase() && (name.length === id.length || name[id.length] === ':');
}

function findIn(home: Home, name: string, type: ResourceType, refuse: Refuse): AttributeRef {
  const [first, part] = atDot(name);
  const attribute = attributeNamed(home.attributes, first);
  if (!attribute) return refuse(`${home.named} has no attribute “${first}”${hint(first, home, type)}`);
  const of = { ...(home.extension === undefined ? {} : { extension: home.extension }), attribute };
  return part === undefined ? of : resolvePart(of, part, refuse);
}

/** Of an extension that no schema describes, names are known by the exact spelling of who wrote them. */
function findUndescribed(name: string, type: ResourceType, refuse: Refuse): AttributeRef {
  if (!urn.test(name)) return refuse(`“${name}” is no name of an attribute`);
  if (name.toLowerCase().startsWith(standard)) return refuse(`“${name}” is no attribute of a ${type.name}`);
  const colon = name.lastIndexOf(':');
  const [first, part] = atDot(name.slice(colon + 1));
  if (part === undefined && first.toLowerCase() === type.name.toLowerCase())
    return { attribute: complex(name, unknown, []), undescribed: true };
  const of = {
    extension: name.slice(0, colon),
    attribute: undescribed(first, refuse),
    undescribed: true,
  } as const;
  return part === undefined ? of : resolvePart(of, part, refuse);
}

const unknown = 'What no schema describes.';

const undescribed = (name: string, refuse: Refuse): Attribute =>
  attributeName.test(name) ? text(name, unknown) : refuse(`“${name}” is no name of an attribute`);

const wholeOf = ({ id, description, attributes }: Schema): Attribute => complex(id, description, attributes);

function atDot(name: string): [string, string | undefined] {
  const dot = name.indexOf('.');
  return dot === -1 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}

// RFC 7644 3.10: the URN may be left out for the core schema only.
function hint(name: string, home: Home, type: ResourceType): string {
  if (home.extension !== undefined) return '';
  const extension = type.extensions.find(({ attributes }) => attributeNamed(attributes, name));
  return extension ? `: write “${extension.id}:${name}”` : '';
}
