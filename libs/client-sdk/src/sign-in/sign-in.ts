import type { SsoConfig } from '../config.ts';
import { toBase64Url, utf8 } from '../encoding.ts';
import { isObject, textIn } from '../json.ts';
import { safeReturnPath } from '../return-path.ts';
import type { SealedBox } from '../session/sealed-box.ts';
import type { SsoSession, SsoTenant, SsoUser } from '../session/session.ts';
import { SsoError } from '../sso-error.ts';
import type { CallOptions, Transport } from '../transport.ts';
import { sessionFromAnswer } from './answer.ts';
import { clientSecretBasic } from './client-secret.ts';
import { type Flow, mismatch, newFlow, openFlow } from './flow.ts';
import { verifyIdToken } from './id-token.ts';
import type { Issuer } from './issuer.ts';
import type { KeySet } from './key-set.ts';

/** Whom to sign in and where to go afterwards; all but `redirectUri` may be left out. */
export interface StartOptions {
  /** An address registered for your application. */
  readonly redirectUri: string;
  /** The e-mail address the person typed. */
  readonly loginHint?: string | undefined;
  /** The answer must be for this tenant; see `tenantKey`. */
  readonly tenant?: string | undefined;
  readonly connection?: string | undefined;
  readonly domain?: string | undefined;
  /** A path of your application; anything else is dropped. */
  readonly returnTo?: string | undefined;
}

/** What somebody else sent to begin a sign-in at your application (OpenID Connect Core 4); none of it is trusted. */
export interface InitiateOptions extends Pick<StartOptions, 'redirectUri' | 'loginHint' | 'connection'> {
  /** The parameter `iss`: who is to be asked. */
  readonly issuer: string | undefined;
}

export interface StartedSignIn {
  /** Send the browser here. */
  readonly url: string;
  /** Names this sign-in; not secret. */
  readonly state: string;
  /** Keep this in a cookie of the same browser and give it to `finish`. */
  readonly sealedState: string;
}

export interface FinishOptions {
  /** The whole address the browser came back to. */
  readonly callbackUrl: string;
  readonly sealedState: string | undefined;
  readonly redirectUri: string;
}

export interface FinishedSignIn {
  readonly profile: SsoUser;
  readonly tenant: SsoTenant;
  readonly session: SsoSession;
  readonly returnTo: string | undefined;
}

interface Parts {
  readonly config: SsoConfig;
  readonly transport: Transport;
  readonly box: SealedBox;
  readonly issuer: Issuer;
  readonly keys: KeySet;
}

/** A sign-in by OpenID Connect: authorization code with PKCE, state and nonce. */
export class SignIn {
  constructor(private readonly parts: Parts) {}

  /**
   * @example
   * const { url, sealedState } = await sso.signIn.start({ tenant: 'acme', redirectUri });
   */
  async start(asked: StartOptions, options?: CallOptions): Promise<StartedSignIn> {
    const { config, box, issuer } = this.parts;
    const { authorizationEndpoint } = await issuer.metadata(options);
    const flow = newFlow(config, { ...asked, returnTo: safeReturnPath(asked.returnTo) });
    const url = new URL(authorizationEndpoint);
    for (const [name, value] of Object.entries(await authorizeParameters(config, flow, asked))) {
      if (value !== undefined && value !== '') url.searchParams.set(name, value);
    }
    return { url: url.href, state: flow.state, sealedState: await box.seal('flow', flow) };
  }

  /**
   * Begins a sign-in that somebody else asked for, such as Gatehouse for a person who comes from the portal of their
   * identity provider. Refuses any other issuer than yours.
   *
   * @example
   * const issuer = url.searchParams.get('iss') ?? undefined;
   * const connection = url.searchParams.get('connection') ?? undefined;
   * const started = await sso.signIn.initiate({ issuer, connection, redirectUri });
   */
  async initiate({ issuer, ...asked }: InitiateOptions, options?: CallOptions): Promise<StartedSignIn> {
    if (issuer === this.parts.config.issuer) return this.start(asked, options);
    throw new SsoError('validation_failed', 'This sign-in was begun for another issuer.', {
      httpStatus: 400,
      hint: `The parameter iss must be ${this.parts.config.issuer}.`,
    });
  }

  /**
   * Refuses an answer that this browser did not ask for, and a token that is not for this application and tenant.
   *
   * @example
   * const { profile, tenant, session } = await sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
   */
  async finish(answer: FinishOptions, options?: CallOptions): Promise<FinishedSignIn> {
    const { config, box, keys } = this.parts;
    const flow = await openFlow(config, box, answer.sealedState);
    const code = codeFrom(new URL(answer.callbackUrl).searchParams, flow, config.issuer);
    if (flow.redirectUri !== answer.redirectUri) throw mismatch('The answer came to another address.');
    const idToken = await this.exchange(code, flow, options);
    const claims = await verifyIdToken(idToken, { config, keys, nonce: flow.nonce }, options);
    const session = sessionFromAnswer(config, { claims, idToken, tenant: flow.tenant });
    return { profile: session.user, tenant: session.tenant, session, returnTo: flow.returnTo };
  }

  private async exchange(code: string, flow: Flow, options?: CallOptions): Promise<string> {
    const { config, transport, issuer } = this.parts;
    const { tokenEndpoint } = await issuer.metadata(options);
    const answer = await transport.json(
      {
        url: tokenEndpoint,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: clientSecretBasic(config.clientId, config.clientSecret),
        },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: flow.redirectUri,
          code_verifier: flow.verifier,
        }).toString(),
      },
      // A code is good for one exchange: trying again would end the session it has opened.
      { ...options, retries: 0 },
    );
    const idToken = isObject(answer) ? textIn(answer, 'id_token') : undefined;
    if (idToken === undefined)
      throw new SsoError('token_invalid', 'The issuer sent no ID token.', { httpStatus: 502 });
    return idToken;
  }
}

async function authorizeParameters(config: SsoConfig, flow: Flow, asked: StartOptions) {
  return {
    client_id: config.clientId,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: flow.redirectUri,
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(flow.verifier)))),
    code_challenge_method: 'S256',
    login_hint: asked.loginHint,
    ...namedTenant(config, asked.tenant),
    connection: asked.connection,
    domain: asked.domain,
  };
}

// A parameter of its own: an external identifier may look like the slug of another tenant.
function namedTenant({ tenantKey }: SsoConfig, tenant: string | undefined) {
  const isExternal = tenantKey === 'externalId' && tenant?.startsWith('ten_') === false;
  return isExternal ? { tenant_external_id: tenant } : { tenant };
}

// State comes first: until it is right, nothing else in the address is worth reading, not even an error.
function codeFrom(parameters: URLSearchParams, flow: Flow, issuer: string): string {
  if (!same(parameters.get('state'), flow.state)) throw mismatch('This answer belongs to another sign-in.');
  // RFC 9207 2.4: an answer of another issuer, or one that hides its issuer, is a mix-up.
  if (parameters.get('iss') !== issuer) throw mismatch('This answer comes from another issuer.');
  const error = parameters.get('error');
  if (error !== null) throw refused(error, parameters.get('error_description'));
  const code = parameters.get('code');
  if (code === null) throw mismatch('The answer carries no code.');
  return code;
}

function same(one: string | null, other: string): boolean {
  if (one?.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < other.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

function refused(error: string, description: string | null): SsoError {
  const code = { access_denied: 'idp_denied', login_required: 'sso_required' }[error] ?? 'idp_error';
  return new SsoError(code, description ?? `The sign-in was refused (${error}).`, { httpStatus: 403 });
}
