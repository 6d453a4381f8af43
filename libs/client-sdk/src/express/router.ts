import type { Sso } from '../create-sso.ts';
import { isObject, parseJson, textIn } from '../json.ts';
import { safeReturnPath } from '../return-path.ts';
import type { SsoTenant, SsoUser } from '../session/session.ts';
import { flowSeconds } from '../sign-in/flow.ts';
import { isSsoError, SsoError } from '../sso-error.ts';
import { Cookies } from './cookies.ts';
import {
  answerJson,
  isSameOrigin,
  type Next,
  originOf,
  redirect,
  type SsoHandler,
  type SsoRequest,
  type SsoResponse,
  urlOf,
} from './http.ts';

/** What happens at a sign-in, in your words. */
export interface SsoRouterOptions {
  /** Called once a sign-in; keep your own user table here. What it returns is sealed into the session. */
  readonly onSignIn?:
    | ((
        event: { readonly profile: SsoUser; readonly tenant: SsoTenant },
        request: SsoRequest,
      ) => Promise<{ readonly userId?: string | undefined } | void> | { readonly userId?: string } | void)
    | undefined;
  /** Called when a sign-in fails; default is a short page that names the code. */
  readonly onError?:
    ((error: SsoError, request: SsoRequest, response: SsoResponse, next: Next) => void) | undefined;
  /** Where to go after sign-in without `returnTo`, and after sign-out; default `/`. Register it for sign-out. */
  readonly home?: string | undefined;
}

interface Exchange {
  readonly sso: Sso;
  readonly options: SsoRouterOptions;
  readonly request: SsoRequest;
  readonly response: SsoResponse;
  readonly cookies: Cookies;
  readonly url: URL;
}

const routes: ReadonlyMap<string, (exchange: Exchange) => Promise<void>> = new Map([
  ['GET /login', login],
  ['GET /callback', callback],
  ['GET /initiate', initiate],
  ['POST /initiate', initiate],
  ['POST /logout', logout],
  ['POST /discover', discover],
  ['POST /backchannel-logout', backchannelLogout],
]);

/**
 * Answers `GET login`, `GET callback`, `POST logout` and `POST discover` below the path it is mounted on. Two more are for
 * Gatehouse to know: register `initiate` as `initiateLoginUri` for people who come from the portal of their identity
 * provider, and `backchannel-logout` as `backchannelLogoutUri`, so that sessions end here when they end there.
 *
 * @example
 * app.use('/auth', ssoRouter(sso, {
 *   onSignIn: async ({ profile, tenant }) => ({ userId: await users.upsert(profile, tenant) }),
 *   onError: (error, _req, res) => res.redirect(`/login?error=${error.code}`),
 * }));
 */
export function ssoRouter(sso: Sso, options: SsoRouterOptions = {}): SsoHandler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const route = routes.get(`${request.method ?? ''} ${path}`);
    if (route === undefined) return next();
    answer(route, { sso, options, request, response }).catch((error: unknown) => {
      if (!isSsoError(error)) return next(error);
      (options.onError ?? errorPage)(error, request, response, next);
    });
  };
}

async function answer(
  route: (exchange: Exchange) => Promise<void>,
  parts: Pick<Exchange, 'sso' | 'options' | 'request' | 'response'>,
): Promise<void> {
  const { sso, request, response } = parts;
  const cookies = new Cookies(originOf(sso, request), request, response);
  await route({ ...parts, cookies, url: urlOf(sso, request) });
}

async function login({ sso, request, response, cookies, url }: Exchange): Promise<void> {
  const asked = (name: string) => url.searchParams.get(name) ?? undefined;
  const {
    url: there,
    state,
    sealedState,
  } = await sso.signIn.start({
    redirectUri: redirectUri(sso, request),
    loginHint: asked('email'),
    tenant: asked('tenant'),
    connection: asked('connection'),
    domain: asked('domain'),
    returnTo: asked('returnTo'),
  });
  cookies.setFlow(state, sealedState, flowSeconds);
  redirect(response, 302, there);
}

// OpenID Connect Core 4: by GET or by a form of any site. It only begins: who signs in, the issuer asks.
async function initiate({ sso, request, response, cookies, url }: Exchange): Promise<void> {
  const sent = request.method === 'POST' ? await formOf(request) : url.searchParams;
  const { state, ...started } = await sso.signIn.initiate({
    redirectUri: redirectUri(sso, request),
    issuer: sent.get('iss') ?? undefined,
    loginHint: sent.get('login_hint') ?? undefined,
    connection: sent.get('connection') ?? undefined,
  });
  cookies.setFlow(state, started.sealedState, flowSeconds);
  redirect(response, 303, started.url);
}

async function callback({ sso, options, request, response, cookies, url }: Exchange): Promise<void> {
  const state = url.searchParams.get('state') ?? '';
  const sealedState = cookies.flow(state);
  cookies.clearFlow(state);
  const finished = await sso.signIn.finish({
    callbackUrl: url.href,
    sealedState,
    redirectUri: redirectUri(sso, request),
  });
  const { profile, tenant, session } = finished;
  const signedIn = await options.onSignIn?.({ profile, tenant }, request);
  const sealed = await sso.session.seal({ ...session, userId: signedIn?.userId });
  cookies.setSession(sealed, session.sessionExpiresAt - sso.now().getTime() / 1000);
  redirect(response, 303, finished.returnTo ?? homeOf(options));
}

async function logout({ sso, options, request, response, cookies, url }: Exchange): Promise<void> {
  refuseOtherOrigin(sso, request);
  const session = await sso.session.read(cookies.session);
  cookies.clearSession();
  redirect(response, 303, (await serverSignOut()) ?? homeOf(options));

  async function serverSignOut(): Promise<string | undefined> {
    if (session === undefined) return undefined;
    const postLogoutRedirectUri = new URL(homeOf(options), url.origin).href;
    // The session here is over in any case; a server that is away must not show the person an error.
    return sso.signOut.url({ idToken: session.idToken, postLogoutRedirectUri }).catch(() => undefined);
  }
}

// OpenID Connect Back-Channel Logout 1.0, 2.5 and 2.8: posted by the server itself, without any cookie.
async function backchannelLogout({ sso, request, response }: Exchange): Promise<void> {
  const sent = await formOf(request);
  try {
    await sso.backChannel.logout(sent.get('logout_token') ?? '');
  } catch (error) {
    if (!isSsoError(error)) throw error;
    // What may pass, such as keys that cannot be fetched just now, is tried again.
    const [status, code] = error.retryable ? [503, 'temporarily_unavailable'] : [400, 'invalid_request'];
    const said = { error: code, error_description: error.message };
    return answerJson(response, status, 'application/json', said);
  }
  answerJson(response, 200, 'application/json', {});
}

async function discover({ sso, request, response }: Exchange): Promise<void> {
  refuseOtherOrigin(sso, request);
  const body = await bodyOf(request);
  const email = isObject(body) ? textIn(body, 'email') : undefined;
  if (email === undefined)
    throw new SsoError('validation_failed', 'Send {"email": "…"}.', { httpStatus: 400 });
  answerJson(response, 200, 'application/json', await sso.discover(email));
}

function redirectUri(sso: Sso, request: SsoRequest): string {
  return `${originOf(sso, request)}${request.baseUrl}/callback`;
}

function homeOf(options: SsoRouterOptions): string {
  return safeReturnPath(options.home) ?? '/';
}

function refuseOtherOrigin(sso: Sso, request: SsoRequest): void {
  if (isSameOrigin(sso, request)) return;
  throw new SsoError('origin_refused', 'This request was not sent by a page of this application.', {
    httpStatus: 403,
  });
}

/** What a body parser left, or the raw body up to 4 kB. */
async function formOf(request: SsoRequest): Promise<URLSearchParams> {
  const { body } = request;
  if (body === undefined) return new URLSearchParams(await textOf(request));
  if (!isObject(body)) return new URLSearchParams();
  const fields = Object.keys(body).map((name) => [name, textIn(body, name) ?? ''] as const);
  return new URLSearchParams(Object.fromEntries(fields));
}

async function bodyOf(request: SsoRequest): Promise<unknown> {
  return request.body === undefined ? parseJson(await textOf(request)) : request.body;
}

async function textOf(request: SsoRequest): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) {
    text += String(part);
    if (text.length > 4096)
      throw new SsoError('validation_failed', 'The body is too long.', { httpStatus: 413 });
  }
  return text;
}

function errorPage(error: SsoError, _request: SsoRequest, response: SsoResponse): void {
  response.statusCode = error.httpStatus;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  const reference = error.requestId === undefined ? '' : ` (${error.requestId})`;
  response.end(`${error.message}\n${error.hint ?? ''}\n${error.code}${reference}\n`);
}
