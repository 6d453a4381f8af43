import type { Path } from '../filter/filter';
import { matchesValue } from '../filter/matches';
import { distinct, emptyObject, isJsonObject, isSame, type Json, type JsonObject } from '../json';
import { withPart } from '../content/place';
import { valueFor } from '../quirks/add-creates-value';
import { listOf } from '../quirks/one-for-many';
import { namedIn } from '../quirks/removal-by-value';
import type { Attribute } from '../schema/attribute';
import { ScimError } from '../scim-error';
import { addValues, mergeValue } from './add-values';
import { nameOf } from './name-of';
import type { PatchOperation } from './patch-operation';
import { refuseImmutable } from './refuse-immutable';

/** The values of a multi-valued attribute after one operation; what was not changed is the same object as before. */
export function changeList(before: readonly Json[], operation: PatchOperation): readonly Json[] {
  const { op, path, value } = operation;
  if (path.of.sub) return distinct(changeParts(before, operation, path.of.sub));
  if (op === 'remove') return withoutChosen(before, path, value);
  const given = listOf(value ?? []);
  if (!path.filter) return op === 'add' ? addValues(before, given) : given;
  return distinct(op === 'add' ? addToChosen(before, path, given) : replaceChosen(before, path, given));
}

function isChosen({ filter }: Path, value: Json): boolean {
  return !filter || matchesValue(filter, value);
}

function withoutChosen(before: readonly Json[], path: Path, value: Json | undefined): readonly Json[] {
  const isNamed = value === undefined ? () => true : namedIn(value);
  return before.filter((one) => !(isChosen(path, one) && isNamed(one)));
}

function addToChosen(before: readonly Json[], path: Path, given: readonly Json[]): readonly Json[] {
  if (before.some((one) => isChosen(path, one)))
    return before.map((one) => (isChosen(path, one) ? given.reduce(mergeValue, one) : one));
  return [...before, given.reduce(mergeValue, wantedBy(path))];
}

function replaceChosen(before: readonly Json[], path: Path, given: readonly Json[]): readonly Json[] {
  const first = before.findIndex((one) => isChosen(path, one));
  if (first === -1) throw noTarget(path);
  return before.flatMap((one, at) => (isChosen(path, one) ? (at === first ? given : []) : [one]));
}

function changeParts(
  before: readonly Json[],
  { op, path, value }: PatchOperation,
  sub: Attribute,
): readonly Json[] {
  if (op !== 'remove' && !before.some((one) => isChosen(path, one)))
    return [...before, withPart(startOf(op, path), sub.name, value)];
  return before.flatMap((one) => {
    if (!isJsonObject(one) || !isChosen(path, one)) return [one];
    refuseImmutable(path.of, one[sub.name], value);
    if (isSame(one[sub.name], value)) return [one];
    const changed = withPart(one, sub.name, op === 'remove' ? undefined : value);
    return Object.keys(changed).length === 0 ? [] : [changed];
  });
}

function startOf(op: PatchOperation['op'], path: Path): JsonObject {
  if (!path.filter) return emptyObject();
  if (op === 'replace') throw noTarget(path);
  return wantedBy(path);
}

function wantedBy(path: Path): JsonObject {
  const wanted = path.filter && valueFor(path.filter);
  if (!wanted) throw noTarget(path);
  return wanted;
}

function noTarget(path: Path): ScimError {
  const { sub: _part, ...of } = path.of;
  return new ScimError(
    400,
    `No value of ${nameOf(of)} is what the filter in the path asks for. Add one.`,
    'noTarget',
  );
}
