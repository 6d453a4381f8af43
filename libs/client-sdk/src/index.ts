export type { SessionCheckOptions, SsoOptions, TenantKey } from './config.ts';
export { createSso, type Sso } from './create-sso.ts';
export type { Discovery } from './discover.ts';
export { safeReturnPath } from './return-path.ts';
export type { RevocationStore } from './session/revocations.ts';
export {
  isTenant,
  type SignInMethod,
  type SsoSession,
  type SsoTenant,
  type SsoUser,
} from './session/session.ts';
export type { EndedSession } from './sign-in/logout-token.ts';
export type {
  FinishedSignIn,
  FinishOptions,
  InitiateOptions,
  StartedSignIn,
  StartOptions,
} from './sign-in/sign-in.ts';
export {
  isSsoError,
  type KnownSsoErrorCode,
  SsoError,
  type SsoErrorCode,
  type SsoErrorDetails,
} from './sso-error.ts';
export type { CallOptions } from './transport.ts';
