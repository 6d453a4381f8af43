import type { Path } from '../filter/filter';
import type { Json } from '../json';

/**
 * One operation of RFC 7644 3.5.2 as `readPatch` makes it: its dialect taken off, its path checked against the schema, its value
 * read as the attribute describes it. What was said of several attributes at once is several operations.
 */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: Path;
  /** Of a removal only where it names which values go. */
  readonly value?: Json;
}
