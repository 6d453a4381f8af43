import { readUndescribed, readValue } from '../content/read-value';
import type { Path } from '../filter/filter';
import { isJsonObject, kindOf, type Json, type JsonObject } from '../json';
import { onlyOf } from '../quirks/list-for-one';
import { listOf } from '../quirks/one-for-many';
import { pathNamed } from '../quirks/paths-as-names';
import { withPlainValue } from '../quirks/plain-value';
import { isReadOnly } from '../quirks/read-only-in-object';
import { creatingValue } from '../quirks/replace-creates-value';
import { isSchemas } from '../quirks/schemas-in-patch';
import { undescribedAs } from '../quirks/undescribed-extension';
import { urnOfWhole } from '../quirks/whole-extension';
import type { AttributeRef, ResourceType } from '../schema/attribute';
import { text } from '../schema/describe-attribute';
import { attributeNamed, extensionNamed, isKept, topAttribute } from '../schema/find-attribute';
import { ScimError } from '../scim-error';
import { nameOf } from './name-of';
import type { PatchOperation } from './patch-operation';

type Verb = PatchOperation['op'];

/** What an object without a path says, name by name. What clients cannot write in it is ignored, and so is what nobody knows. */
export function readObject(op: Verb, value: Json | undefined, type: ResourceType): PatchOperation[] {
  if (op === 'remove')
    throw new ScimError(400, 'A removal needs a path that says what is removed.', 'noTarget');
  if (!isJsonObject(value))
    throw new ScimError(
      400,
      `Without a path, the value is an object of attributes. What came is ${kindOf(value)}.`,
      'invalidValue',
    );
  return Object.entries(value).flatMap(([name, part]) => readNamed(op, name, part, type));
}

function readNamed(op: Verb, name: string, value: Json | undefined, type: ResourceType): PatchOperation[] {
  if (isJsonObject(value) && name.toLowerCase() === type.schema.id.toLowerCase())
    return readObject(op, value, type);
  const path = pathOf(name, value, type);
  return path && !isReadOnly(path.of) ? readAt(op, path, value, type).map(creatingValue) : [];
}

function pathOf(name: string, value: Json | undefined, type: ResourceType): Path | undefined {
  const attribute = topAttribute(type, name);
  if (attribute) return { of: { attribute } };
  return undescribedAs(name, value, type) ?? pathNamed(name, type);
}

/** One operation with a path; several, where its value is an object whose parts are attributes. */
export function readAt(op: Verb, path: Path, value: Json | undefined, type: ResourceType): PatchOperation[] {
  if (isReadOnly(path.of))
    throw new ScimError(400, `${nameOf(path.of)} is written by this server only.`, 'mutability');
  if (path.filter && urnOfWhole(path.of))
    throw new ScimError(400, `${nameOf(path.of)} has no values to choose from.`, 'invalidPath');
  if (!isKept(path.of.attribute) || isSchemas(path.of)) return [];
  if (op === 'remove') return [readRemoval(path, value)];
  if (value === undefined)
    throw new ScimError(400, `To ${op} ${nameOf(path.of)} needs a value.`, 'invalidValue');
  if (isMerged(path) && value !== null) return readParts(op, path.of, value, type);
  const read = path.of.undescribed
    ? readUndescribed(value)
    : readValue(path.of.sub ?? path.of.attribute, value, nameOf(path.of));
  if (read !== undefined) return [{ op, path, value: read }];
  return op === 'replace' ? [{ op: 'remove', path }] : [];
}

function readRemoval(path: Path, value: Json | undefined): PatchOperation {
  const { of, filter } = path;
  const namesValues = (of.attribute.multiValued || of.undescribed) && !of.sub && !filter;
  if (!namesValues || value === undefined || value === null) return { op: 'remove', path };
  return {
    op: 'remove',
    path,
    value: of.undescribed ? listOf(value) : (readValue(of.attribute, value) ?? []),
  };
}

// RFC 7644 3.5.2.3: of a complex attribute, what is not named in the value stays as it is.
function isMerged({ of: { attribute, sub } }: Path): boolean {
  return attribute.type === 'complex' && !attribute.multiValued && !sub;
}

function readParts(op: Verb, of: AttributeRef, value: Json, type: ResourceType): PatchOperation[] {
  const only = onlyOf(of.attribute, value);
  if (only === '') return [{ op: 'remove', path: { of } }];
  const parts = withPlainValue(of.attribute, only);
  if (!isJsonObject(parts))
    throw new ScimError(400, `${nameOf(of)} takes an object. What came is ${kindOf(value)}.`, 'invalidValue');
  return partsOf(of, parts, type).flatMap(([part, value]) => readAt(op, { of: part }, value, type));
}

function partsOf(
  of: AttributeRef,
  parts: JsonObject,
  type: ResourceType,
): [AttributeRef, Json | undefined][] {
  return Object.entries(parts).flatMap(([name, value]): [AttributeRef, Json | undefined][] => {
    const part = partOf(of, name, type);
    return part && !isReadOnly(part) ? [[part, value]] : [];
  });
}

function partOf(of: AttributeRef, name: string, type: ResourceType): AttributeRef | undefined {
  const urn = urnOfWhole(of);
  if (urn !== undefined && of.undescribed)
    return { extension: urn, attribute: text(name, ''), undescribed: true };
  const part = attributeNamed(of.attribute.subAttributes ?? [], name);
  if (!part) return undefined;
  const extension = urn === undefined ? undefined : extensionNamed(type, urn);
  return extension ? { extension: extension.id, attribute: part } : { ...of, sub: part };
}
