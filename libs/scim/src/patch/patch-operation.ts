import type { Path } from '../filter/filter';
import type { Json } from '../json';

/** One operation of RFC 7644 3.5.2, with its dialect taken off and its path checked against the schema. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path?: Path;
  readonly value?: Json;
}
