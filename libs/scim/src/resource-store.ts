import type { Filter } from './filter/filter';
import type { JsonObject } from './json';
import type { PatchOperation } from './patch/patch-operation';
import type { AttributeRef } from './schema/attribute';

/**
 * A resource without `schemas`, `id` and `meta`, in the schema's own spelling. What clients cannot write (`groups` of a user)
 * is in it when it is read.
 */
export type Content = JsonObject;

export interface StoredResource {
  readonly id: string;
  /** Counts the writes; as an ETag it is `W/"n"`. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly content: Content;
}

export type Change =
  | { readonly kind: 'replace'; readonly content: Content }
  | { readonly kind: 'patch'; readonly operations: readonly PatchOperation[] };

/** Where a page begins by its sort key and ID, so that no row is counted off to get there (RFC 9865). */
export interface Position {
  readonly key: string | number | boolean | null;
  readonly id: string;
}

export interface ResourceQuery {
  readonly filter?: Filter;
  /** By ID, which is by time of creation, where nothing is said. */
  readonly sort?: { readonly by: AttributeRef; readonly descending: boolean };
  readonly page:
    /** `startIndex` is 1 or more. */
    | { readonly by: 'index'; readonly startIndex: number; readonly count: number }
    | { readonly by: 'cursor'; readonly after?: Position; readonly count: number };
  /** Whether a top-level attribute will be in the answer: what is dear to read (`members`) is left out where it is not. */
  readonly wants: (attribute: string) => boolean;
}

export interface ResourceList {
  readonly resources: readonly StoredResource[];
  /** Of all that match, on this page or not. */
  readonly total: number;
  /** Where the next page begins; absent on the last page. */
  readonly next?: Position;
}

/** The resources of one type in one directory: what a server of this protocol needs of whoever keeps them. */
export abstract class ResourceStore {
  /** Throws a `ScimError` with `uniqueness` when there is such a resource already. */
  abstract create(content: Content): Promise<StoredResource>;
  abstract find(id: string, wants: (attribute: string) => boolean): Promise<StoredResource | undefined>;
  abstract list(query: ResourceQuery): Promise<ResourceList>;
  /**
   * All of it or nothing. A name that only somebody has who was removed is free. `wanted` is the version that the client last saw. Throws a `ScimError`: 404, 412 where the version is
   * another, 409 `uniqueness`, and what the change itself is refused with. A person whose `active` it leaves out stays as
   * before (`activeUnlessSaid`). Answers with nothing where it would be dear to read
   * what is there now (a group of thousands).
   */
  abstract change(id: string, change: Change, wanted?: number): Promise<StoredResource | undefined>;
  /** Throws a `ScimError`: 404, or 412 where the version is another. */
  abstract remove(id: string, wanted?: number): Promise<void>;
}
