/** A manner of speaking that RFC 7644 does not know, or leaves open, and that is understood without a switch. */
export interface Quirk {
  readonly name: string;
  /** Who is known to speak so. */
  readonly clients: readonly string[];
  readonly why: string;
}
