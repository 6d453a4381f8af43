import { isOfResources } from '../schema/find-attribute';
import { ScimError } from '../scim-error';
import type { PatchOperation } from './patch-operation';

const most = 200;

/** Each operation that chooses among the values of a list looks at all of them: many on many is work without measure. */
export function refuseManyChoices(operations: readonly PatchOperation[]): void {
  if (operations.filter(chooses).length <= most) return;
  throw new ScimError(
    413,
    `At most ${String(most)} operations at once choose among the values of a list. Send the rest in another PATCH.`,
  );
}

function chooses({ op, path: { of, filter }, value }: PatchOperation): boolean {
  const isOfList = (of.attribute.multiValued && !isOfResources(of.attribute)) || of.undescribed === true;
  return (
    isOfList && (filter !== undefined || of.sub !== undefined || (op === 'remove' && value !== undefined))
  );
}
