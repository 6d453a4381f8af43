export type { SsoOptions, TenantKey } from './config.ts';
export { createSso, type Sso } from './create-sso.ts';
export type { Discovery } from './discover.ts';
export { safeReturnPath } from './return-path.ts';
export {
  isTenant,
  type SignInMethod,
  type SsoSession,
  type SsoTenant,
  type SsoUser,
} from './session/session.ts';
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
