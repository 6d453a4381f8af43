import { clipEntries, clipText } from './clip';
import type { ErrorCode } from './error-codes';

const longestMessage = 1000;

/** What was wanted and what came, plus anything else a reader of the refusal needs; never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>> & {
  readonly want?: unknown;
  readonly got?: unknown;
};

/** A refusal: nothing was changed, and `message` says what to do about it. The edges turn `code` into a status. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  /** Bounded: what came from outside may be of any length and hold what a database refuses. */
  readonly details: ErrorDetails;

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(clipText(message, longestMessage), options);
    this.details = clipEntries(details, 0);
  }
}
