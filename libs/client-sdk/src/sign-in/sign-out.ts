import type { SsoConfig } from '../config.ts';
import type { CallOptions } from '../transport.ts';
import type { Issuer } from './issuer.ts';

/** Sign-out at the server as well (OpenID Connect RP-Initiated Logout). */
export class SignOut {
  constructor(
    private readonly config: SsoConfig,
    private readonly issuer: Issuer,
  ) {}

  /**
   * Where to send the browser after its cookie is gone; undefined if the server has no such page.
   *
   * @example
   * const url = await sso.signOut.url({ idToken: session.idToken, postLogoutRedirectUri: 'https://app.example/' });
   */
  async url(
    asked: { readonly idToken?: string | undefined; readonly postLogoutRedirectUri?: string | undefined },
    options?: CallOptions,
  ): Promise<string | undefined> {
    const { endSessionEndpoint } = await this.issuer.metadata(options);
    if (endSessionEndpoint === undefined) return undefined;
    const url = new URL(endSessionEndpoint);
    url.searchParams.set('client_id', this.config.clientId);
    if (asked.idToken !== undefined) url.searchParams.set('id_token_hint', asked.idToken);
    if (asked.postLogoutRedirectUri !== undefined) {
      url.searchParams.set('post_logout_redirect_uri', asked.postLogoutRedirectUri);
    }
    return url.href;
  }
}
