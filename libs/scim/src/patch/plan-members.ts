import type { Filter } from '../filter/filter';
import { isJsonObject, type Json } from '../json';
import { valueFor } from '../quirks/add-creates-value';
import { listOf } from '../quirks/one-for-many';
import type { Content } from '../resource-store';
import { ScimError } from '../scim-error';
import type { PatchOperation } from './patch-operation';

/** What happens to the members of a group, who are rows and not part of its document. */
export type MemberChange =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly ids: readonly string[] }
  | { readonly kind: 'remove-all' }
  /** `filter` is about one value of `members`. */
  | { readonly kind: 'remove-where'; readonly filter: Filter };

/** Parts the changes of members from the rest, in their order; what follows upon the same is one change. */
export function planMembers(operations: readonly PatchOperation[]): {
  members: MemberChange[];
  rest: PatchOperation[];
} {
  const changes = operations.filter(isOfMembers).map(memberChange);
  refuseManyLooks(changes);
  return {
    members: runsOf(changes).flatMap(joined),
    rest: operations.filter((operation) => !isOfMembers(operation)),
  };
}

const mostLooks = 20;

/** Each looks at all members of the group, of whom there may be ten thousand; who is named by the id is not looked for. */
function refuseManyLooks(changes: readonly MemberChange[]): void {
  if (changes.filter(({ kind }) => kind === 'remove-where').length <= mostLooks) return;
  throw new ScimError(
    413,
    `At most ${String(mostLooks)} operations at once look for members by something else than value. Name their ids.`,
  );
}

/** The people whom the content of a group names. */
export function memberIds(content: Content): string[] {
  return idsIn(content['members'] ?? []);
}

function isOfMembers({ path: { of } }: PatchOperation): boolean {
  return of.extension === undefined && of.attribute.name === 'members';
}

function memberChange({ op, path, value }: PatchOperation): MemberChange {
  if (path.of.sub || (path.filter && op === 'replace'))
    throw new ScimError(400, 'A member does not change. Remove it, and add another.', 'mutability');
  if (op !== 'remove') return { kind: op, ids: idsIn([...listOf(value ?? []), ...chosenBy(path.filter)]) };
  if (path.filter) return removalBy(path.filter);
  return value === undefined ? { kind: 'remove-all' } : { kind: 'remove', ids: idsIn(value) };
}

function chosenBy(filter: Filter | undefined): Json[] {
  const chosen = filter && valueFor(filter);
  return chosen ? [chosen] : [];
}

function removalBy(filter: Filter): MemberChange {
  const ids = idsNamedBy(filter);
  return ids ? { kind: 'remove', ids: [...new Set(ids)] } : { kind: 'remove-where', filter };
}

/** `value eq "a" or value eq "b"`: these can be removed without looking at who is there. */
function idsNamedBy(filter: Filter): string[] | undefined {
  if (filter.kind === 'or') {
    const each = filter.filters.map(idsNamedBy);
    return each.every((ids) => ids !== undefined) ? each.flat() : undefined;
  }
  const isById = filter.kind === 'compare' && filter.comparison === 'eq' && filter.of.sub?.name === 'value';
  return isById && typeof filter.value === 'string' ? [filter.value] : undefined;
}

function idsIn(values: Json): string[] {
  return [...new Set(listOf(values).map(idOf))];
}

function idOf(member: Json): string {
  const { value, type } = isJsonObject(member) ? member : {};
  if (typeof value !== 'string' || value === '')
    throw new ScimError(400, 'Each value of members needs value, the id of a person.', 'invalidValue');
  if (typeof type === 'string' && type.toLowerCase() !== 'user')
    throw new ScimError(
      400,
      'Members of a group are people. A group in a group is not kept: send its people.',
      'invalidValue',
    );
  return value;
}

/** Each change begins with one operation; the same kind of operation right after it is part of it. */
function runsOf(changes: readonly MemberChange[]): MemberChange[][] {
  const runs: MemberChange[][] = [];
  for (const change of changes) {
    const run = runs.at(-1);
    const isMore = (change.kind === 'add' || change.kind === 'remove') && run?.[0]?.kind === change.kind;
    if (isMore) run?.push(change);
    else runs.push([change]);
  }
  return runs;
}

function joined(run: readonly MemberChange[]): MemberChange[] {
  const [first] = run;
  if (!first || !('ids' in first)) return [...run];
  return [
    { kind: first.kind, ids: [...new Set(run.flatMap((change) => ('ids' in change ? change.ids : [])))] },
  ];
}
