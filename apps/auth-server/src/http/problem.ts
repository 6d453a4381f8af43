import { errorCatalogue, SsoError, type ErrorCode } from '@gatehouse/core';
import { HttpException } from '@nestjs/common';
import { errorStatus } from './error-status';

/** RFC 9457 problem details, with our code and who can mend it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly mender: string;
  readonly want?: unknown;
  readonly got?: unknown;
  readonly [detail: string]: unknown;
}

const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'credential_invalid',
  404: 'not_found',
  409: 'conflict',
  413: 'body_too_large',
  415: 'validation_failed',
  429: 'rate_limited',
};

/** Any thrown value as a coded refusal; what is not a refusal is ours and says nothing of itself. */
export function asRefusal(thrown: unknown): SsoError {
  if (thrown instanceof SsoError) return thrown;
  const status = statusOf(thrown);
  if (status === undefined || status >= 500)
    return new SsoError('internal', 'Something went wrong on our side. Try again.', {}, { cause: thrown });
  const code = codesByStatus[status] ?? 'validation_failed';
  return new SsoError(code, clientMessage(thrown), {}, { cause: thrown });
}

/** Nest's exceptions and Fastify's own errors (bodies too large, of a wrong type or not JSON) carry a status. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return undefined;
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
}

function clientMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'The request was not understood.';
}

export function describeProblem(refusal: SsoError): Problem {
  const status = errorStatus(refusal.code);
  return {
    ...refusal.details,
    type: `urn:gatehouse:error:${refusal.code}`,
    title: refusal.code.replaceAll('_', ' '),
    status,
    code: refusal.code,
    detail: refusal.message,
    mender: errorCatalogue[refusal.code].mender,
  };
}
