import type { AttributeRef } from '../schema/attribute';

/** RFC 7644 3.4.2.2, table 3, without `pr`. */
export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/**
 * A filter whose names and types were checked against a schema. An attribute inside a `some` belongs to one value of the
 * multi-valued attribute around it, and its `sub` names what of that value is meant.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly of: AttributeRef }
  | {
      readonly kind: 'compare';
      readonly of: AttributeRef;
      readonly comparison: Comparison;
      readonly value: string | number | boolean | null;
    }
  /** `emails[type eq "work"]`: one value of a multi-valued attribute matches all of it. */
  | { readonly kind: 'some'; readonly of: AttributeRef; readonly filter: Filter };

/** A path of RFC 7644 3.5.2: an attribute, of whose values the filter chooses some, and of those perhaps one part. */
export interface Path {
  readonly of: AttributeRef;
  readonly filter?: Filter;
}
