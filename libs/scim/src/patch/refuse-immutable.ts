import { isSame, type Json } from '../json';
import type { AttributeRef } from '../schema/attribute';
import { ScimError } from '../scim-error';
import { nameOf } from './name-of';

/** RFC 7643 7: what is immutable may be given a value once. */
export function refuseImmutable(of: AttributeRef, before: Json | undefined, after: Json | undefined): void {
  if ((of.sub ?? of.attribute).mutability !== 'immutable' || before === undefined || isSame(before, after))
    return;
  throw new ScimError(
    400,
    `${nameOf(of)} does not change once it has a value. Remove it and add another.`,
    'mutability',
  );
}
