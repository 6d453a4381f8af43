/** The detail keywords of RFC 7644 3.12 (table 9) and RFC 9865 2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** A refusal as the protocol tells it (RFC 7644 3.12): the detail says what was wanted, what came, and what to do. */
export class ScimError extends Error {
  override readonly name = 'ScimError';

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 429 | 500 | 501 | 503,
    readonly detail: string,
    readonly scimType?: ScimType,
  ) {
    super(detail);
  }
}
