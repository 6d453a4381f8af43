import { valueAt, withPart, withValueAt } from '../content/place';
import { refuseIncomplete, refuseOvergrown } from '../content/refuse-unfit';
import { refuseLongList } from '../content/read-value';
import { emptyObject, isJsonList, isJsonObject, isSame, type Json } from '../json';
import { withoutHollowValues } from '../quirks/hollow-values';
import { listOf } from '../quirks/one-for-many';
import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { ScimError } from '../scim-error';
import { changeList } from './change-list';
import { nameOf } from './name-of';
import { withOnePrimary } from './one-primary';
import type { PatchOperation } from './patch-operation';
import { refuseImmutable } from './refuse-immutable';
import { refuseManyChoices } from './refuse-many-choices';

/** RFC 7644 3.5.2: the resource after all operations, in their order, or a refusal and nothing. The one given stays as it is. */
export function applyPatch(
  content: Content,
  operations: readonly PatchOperation[],
  type: ResourceType,
): Content {
  refuseManyChoices(operations);
  const changed = operations.reduce(applyOperation, content);
  if (changed === content) return content;
  const sound = withoutHollowValues(changed, type);
  refuseIncomplete(sound, type);
  refuseOvergrown(sound, type);
  return sound;
}

function applyOperation(content: Content, operation: PatchOperation): Content {
  const { of } = operation.path;
  const before = valueAt(content, of);
  const after = changed(before, operation);
  return isSame(before, after) ? content : withValueAt(content, of, after);
}

function changed(before: Json | undefined, operation: PatchOperation): Json | undefined {
  const { of, filter } = operation.path;
  const isList = of.undescribed
    ? (filter ?? isJsonList(before)) && !isReplaced(operation)
    : of.attribute.multiValued;
  return isList ? changedList(before, operation) : changedValue(before, operation);
}

function isReplaced({ op, path }: PatchOperation): boolean {
  return op === 'replace' && !path.filter && !path.of.sub;
}

function changedList(before: Json | undefined, operation: PatchOperation): Json | undefined {
  const { attribute } = operation.path.of;
  const values = listOf(before ?? []);
  const after = withOnePrimary(values, changeList(values, operation), attribute.name);
  refuseLongList(attribute, after);
  return after.length === 0 ? undefined : after;
}

function changedValue(before: Json | undefined, { op, path, value }: PatchOperation): Json | undefined {
  const { attribute, sub } = path.of;
  const after = op === 'remove' ? undefined : value;
  if (!sub) {
    refuseImmutable(path.of, before, after);
    if (after === undefined && attribute.required)
      throw new ScimError(400, `${nameOf(path.of)} is required and is not removed.`, 'mutability');
    return after;
  }
  const whole = isJsonObject(before) ? before : emptyObject();
  refuseImmutable(path.of, whole[sub.name], after);
  const parts = withPart(whole, sub.name, after);
  return Object.keys(parts).length === 0 ? undefined : parts;
}
