import type { ErrorCode } from './error-codes';

/** What was wanted and what came, plus anything else a reader of the refusal needs; never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>> & {
  readonly want?: unknown;
  readonly got?: unknown;
};

/** A refusal: nothing was changed, and `message` says what to do about it. The edges turn `code` into a status. */
export class SsoError extends Error {
  override readonly name = 'SsoError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
