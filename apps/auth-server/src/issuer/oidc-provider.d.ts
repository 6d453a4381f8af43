/** The part of oidc-provider 9 that we use; the package ships no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface OidcSession {
    readonly accountId?: string;
    readonly destroyed?: boolean;
    /** Of a sign-out that waits for its confirmation. */
    readonly state?: { readonly postLogoutRedirectUri?: string; readonly state?: string };
    grantIdFor(clientId: string): string | undefined;
    destroy(): Promise<void>;
  }
  export interface OidcClient {
    readonly clientId: string;
    readonly clientName?: string;
    grantTypeAllowed(type: string): boolean;
  }
  export interface OidcAccount {
    readonly accountId: string;
    claims(): Record<string, unknown>;
  }
  export interface OidcGrant {
    readonly accountId?: string;
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  export interface OidcInteraction {
    readonly uid: string;
    readonly exp: number;
    readonly returnTo: string;
    readonly params: Readonly<Record<string, unknown>>;
    session?: { readonly uid?: string } | undefined;
    result?: unknown;
    save(seconds: number): Promise<unknown>;
  }
  export interface OidcContext {
    readonly path: string;
    readonly method: string;
    readonly secure: boolean;
    /** Path and query, below where the provider is mounted. */
    readonly url: string;
    readonly response: { get(name: string): string };
    status: number;
    type: string;
    body: unknown;
    readonly cookies: {
      get(name: string, options?: Record<string, unknown>): string | undefined;
      set(name: string, value: string | null, options?: Record<string, unknown>): unknown;
    };
    set(name: string, value: string): void;
    remove(name: string): void;
    redirect(url: string): void;
    /** A request header, empty where it did not come. */
    get(name: string): string;
    readonly oidc: {
      readonly provider: Provider;
      readonly route: string;
      readonly account?: OidcAccount;
      readonly client: OidcClient;
      readonly session?: OidcSession;
      readonly params: Readonly<Record<string, string | undefined>>;
      readonly result?: unknown;
      readonly entities: {
        /** Of a hint: known only once its signature was found right. */
        readonly Client?: OidcClient;
        readonly IdTokenHint?: { readonly payload: Readonly<Record<string, unknown>> };
      };
      urlFor(route: string): string;
    };
  }
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    proxy: boolean;
    readonly Client: { find(id: unknown): Promise<OidcClient | undefined> };
    readonly Interaction: { find(uid: string): Promise<OidcInteraction | undefined> };
    readonly Session: { get(exchange: { req: IncomingMessage; res: ServerResponse }): Promise<OidcSession> };
    readonly Grant: {
      new (of: { clientId: string; accountId: string }): OidcGrant;
      find(id: string): Promise<OidcGrant | undefined>;
    };
    use(middleware: (context: OidcContext, next: () => Promise<void>) => Promise<void>): this;
    on(event: 'server_error', listener: (context: OidcContext, error: unknown) => void): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<OidcInteraction>;
  }
  export namespace errors {
    class InvalidRequest extends Error {
      constructor(description: string);
    }
    class InvalidGrant extends Error {
      constructor(detail: string);
    }
    class SessionNotFound extends Error {}
  }
  export namespace interactionPolicy {
    class Check {
      constructor(
        reason: string,
        description: string,
        error: string,
        check: (context: OidcContext) => boolean | Promise<boolean>,
      );
    }
    interface Prompts extends Array<{ readonly checks: { add(check: Check): void } }> {
      get(name: string): { readonly checks: Check[] } | undefined;
      remove(name: string): void;
    }
    function base(): Prompts;
  }
}
