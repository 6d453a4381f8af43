import { createToken, SsoError, type Chance, type Connection, type ConnectionStore } from '@gatehouse/core';
import { requestEndpoint } from '@gatehouse/saml';
import type { OidcContext, OidcInteraction } from 'oidc-provider';
import type { Config } from '../config';
import { browserKeyCookie, browserKeyOptions, parseBrowserKey } from '../login/browser-key';
import type { IdpRequests } from '../login/idp-requests';
import { readHints, tenantPageWanted, type HintedLogins } from './hinted-login';

/**
 * Spares the browser our login page where the application's request says already which identity provider to ask. What
 * that page would show, or refuse with a reason, is left to it.
 */
export class StraightToIdp {
  constructor(
    private readonly hinted: HintedLogins,
    private readonly connections: ConnectionStore,
    private readonly requests: IdpRequests,
    private readonly chance: Chance,
    private readonly config: Config,
  ) {}

  /** The identity provider's address with our request in it; nothing where the login page has something to say. */
  async address(context: OidcContext, { uid }: OidcInteraction): Promise<string | undefined> {
    try {
      const connection = await this.connectionFor(context);
      if (!connection) return undefined;
      const browserKey = this.keepBrowserKey(context);
      const start = { purpose: 'sign-in', browserKey, interactionId: uid } as const;
      const asked = await this.requests.begin(connection, start);
      return asked.binding === 'redirect' ? asked.url : undefined;
    } catch (error) {
      if (error instanceof SsoError) return undefined;
      throw error;
    }
  }

  /** A sign-in that arrived from the identity provider's portal waits for a request that names the connection (SML-2). */
  private async connectionFor({ oidc }: OidcContext): Promise<Connection | undefined> {
    const hints = readHints(oidc.params);
    if (hints.connection !== undefined || tenantPageWanted(oidc.params)) return undefined;
    const found = await this.hinted.find(hints);
    if (found.kind === 'nowhere') return undefined;
    const connection = found.connection ?? (await this.connections.primary(found.tenantId));
    return connection?.enabledAt && requestEndpoint(connection).binding === 'redirect'
      ? connection
      : undefined;
  }

  private keepBrowserKey({ cookies }: OidcContext): string {
    const name = browserKeyCookie(this.config);
    const key = parseBrowserKey(cookies.get(name, { signed: false })) ?? createToken(this.chance);
    const { maxAge, ...options } = browserKeyOptions(this.config);
    cookies.set(name, key, { ...options, maxAge: maxAge * 1000, signed: false });
    return key;
  }
}
