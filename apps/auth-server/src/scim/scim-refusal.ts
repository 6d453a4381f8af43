import type { SsoError } from '@gatehouse/core';
import { errorResponse, ScimError, type ScimResponse } from '@gatehouse/scim';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorStatus } from '../http/error-status';
import { asRefusal } from '../http/problem';

const known = [400, 401, 403, 404, 405, 409, 412, 413, 415, 429, 500, 501, 503] as const;

/** Any thrown value as an answer of the protocol (RFC 7644 3.12). */
export function refusalResponse(thrown: unknown): ScimResponse {
  if (thrown instanceof ScimError) return errorResponse(thrown);
  const unread = refusalOfFastify(thrown);
  if (unread) return errorResponse(unread);
  const refusal = asRefusal(thrown);
  return errorResponse(asScimError(refusal), { 'cache-control': 'no-store', ...hints(refusal) });
}

export function asScimError(refusal: SsoError): ScimError {
  const status = errorStatus(refusal.code);
  const scimStatus = known.find((each) => each === status) ?? (status < 500 ? 400 : 500);
  return new ScimError(scimStatus, refusal.message);
}

/** Fastify's own word for a body that it did not read; its texts say nothing that a client's person could do. */
function refusalOfFastify(thrown: unknown): ScimError | undefined {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return undefined;
  if (thrown.statusCode === 413)
    return new ScimError(413, 'The body is longer than 1 MiB. Send less at once, in several requests.');
  if (thrown.statusCode !== 415) return undefined;
  return new ScimError(415, 'Send the body as application/scim+json, or as application/json.');
}

function hints(refusal: SsoError): Readonly<Record<string, string>> {
  const { seconds } = refusal.details;
  return {
    // RFC 6750 3: without a token there is nothing yet to find fault with.
    ...(errorStatus(refusal.code) === 401 && {
      'www-authenticate':
        refusal.code === 'credential_missing'
          ? 'Bearer realm="scim"'
          : 'Bearer realm="scim", error="invalid_token"',
    }),
    ...(typeof seconds === 'number' && { 'retry-after': String(seconds) }),
  };
}

/** For what fails before a directory is asked, such as an address that cannot be decoded. */
export async function sendScimRefusal(
  thrown: unknown,
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { status, headers, body } = refusalResponse(thrown);
  await reply.code(status).headers(headers).send(JSON.stringify(body));
}
