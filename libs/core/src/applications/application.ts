import type { ApplicationId } from '../shared/ids';

/** A consuming service that signs its users in here, as an OpenID Connect client. */
export interface Application {
  /** Also its `client_id`. */
  readonly id: ApplicationId;
  readonly name: string;
  /** Sealed under the key ring: OpenID Connect needs the secret itself for some client authentication methods. */
  readonly sealedSecret: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** OpenID Connect Core 4: where it can be asked to begin a sign-in. */
  readonly initiateLoginUri?: string;
  /** OpenID Connect Back-Channel Logout 1.0, 2.2: where it is told of sessions that have ended. */
  readonly backchannelLogoutUri?: string;
  readonly createdAt: Date;
}
