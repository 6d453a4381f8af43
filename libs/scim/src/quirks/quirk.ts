/** A manner of speaking that RFC 7644 does not know, or leaves open, and that is understood without a switch. */
export interface Quirk {
  readonly name: string;
  /** Who speaks so, by its own documentation or by what is reported of it; others may. */
  readonly clients: readonly string[];
  readonly why: string;
}
