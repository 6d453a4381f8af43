/** Every reason the SDK names itself; the server may add more, so a code can be any string. */
export type KnownSsoErrorCode =
  | 'sso_required'
  | 'sso_session_expired'
  | 'sso_wrong_tenant'
  | 'step_up_required'
  | 'link_required'
  | 'link_expired'
  | 'not_provisioned'
  | 'suspended'
  | 'connection_disabled'
  | 'connection_not_tested'
  | 'domain_unverified'
  | 'discovery_unavailable'
  | 'idp_denied'
  | 'idp_error'
  | 'state_mismatch'
  | 'state_expired'
  | 'token_invalid'
  | 'token_expired'
  | 'webhook_signature_invalid'
  | 'webhook_timestamp_out_of_range'
  | 'role_required'
  | 'origin_refused'
  | 'rate_limited'
  | 'conflict'
  | 'not_found'
  | 'validation_failed'
  | 'config_invalid'
  | 'network';

// `string & {}` keeps completion of the known codes while allowing codes of a newer server.
export type SsoErrorCode = KnownSsoErrorCode | (string & {});

/** What an `SsoError` may say beyond its code and message. */
export interface SsoErrorDetails {
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly hint?: string | undefined;
  readonly docsUrl?: string | undefined;
  readonly cause?: unknown;
}

const brand = Symbol.for('@gatehouse/client-sdk/SsoError');

/**
 * The only error that the SDK throws on purpose.
 *
 * @example
 * try {
 *   await sso.signIn.finish(answer);
 * } catch (error) {
 *   if (isSsoError(error, 'state_expired')) return startAgain();
 *   throw error;
 * }
 */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly code: SsoErrorCode;
  /** The status to answer with, or the one that the server answered with. */
  readonly httpStatus: number;
  /** Give this to whoever runs the server: it finds the request in the log. */
  readonly requestId: string | undefined;
  /** True where the same call may succeed a moment later. */
  readonly retryable: boolean;
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly docsUrl: string | undefined;
  readonly [brand] = true;

  constructor(code: SsoErrorCode, message: string, details: SsoErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.httpStatus = details.httpStatus ?? 400;
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
    this.hint = details.hint;
    this.docsUrl = details.docsUrl;
  }
}

/**
 * Tells an `SsoError` (of one code, if given) from anything else; works across two copies of this package.
 *
 * @example
 * if (isSsoError(error, 'sso_wrong_tenant')) return res.redirect('/choose-team');
 */
export function isSsoError(error: unknown, code?: SsoErrorCode): error is SsoError {
  // `instanceof` would fail when an application has the package twice, once as CommonJS and once as ESM.
  if (typeof error !== 'object' || error === null || !(brand in error)) return false;
  return code === undefined || ('code' in error && error.code === code);
}
