import type { Sso } from '../create-sso.ts';
import type { SsoSession } from '../session/session.ts';
import { SsoError } from '../sso-error.ts';
import { Cookies } from './cookies.ts';
import {
  answerJson,
  originOf,
  redirect,
  type SsoHandler,
  type SsoRequest,
  type SsoResponse,
} from './http.ts';

/** What both guards take. */
export interface GuardOptions {
  /** One of these roles is needed. */
  readonly role?: string | readonly string[] | undefined;
  /** Where `ssoRouter` answers `login`. Default `/auth/login`. */
  readonly loginPath?: string | undefined;
}

/**
 * The session of this request, if there is one; checked here, without asking the server.
 *
 * @example
 * const session = await readSession(sso, req, res);
 * res.send(session ? `Hello ${session.user.email}` : 'Please sign in');
 */
export function readSession(
  sso: Sso,
  request: SsoRequest,
  response: SsoResponse,
  expected: { tenant?: string | undefined } = {},
): Promise<SsoSession | undefined> {
  const cookies = new Cookies(originOf(sso, request), request, response);
  return sso.session.read(cookies.session, expected);
}

/**
 * Lets through who is signed in, with `req.sso` filled in. Others: a page goes to the sign-in, the rest gets a 401.
 *
 * @example
 * app.post('/settings', requireSession(sso, { role: 'owner' }), saveSettings);
 */
export function requireSession(sso: Sso, options: GuardOptions = {}): SsoHandler {
  return guard(sso, options, () => undefined);
}

/**
 * Lets through who is signed in to the tenant that the request names; others go to that tenant's sign-in.
 * A session of another tenant does not count.
 *
 * @example
 * app.use('/t/:tenant', requireTenantSso(sso, { tenant: (req) => req.params.tenant }));
 */
export function requireTenantSso(
  sso: Sso,
  options: GuardOptions & {
    readonly tenant: (request: SsoRequest) => string | readonly string[] | undefined;
  },
): SsoHandler {
  return guard(sso, options, (request) => {
    const tenant = options.tenant(request);
    if (typeof tenant === 'string' && tenant !== '') return tenant;
    throw new SsoError('not_found', 'The request names no tenant.', { httpStatus: 404 });
  });
}

function guard(
  sso: Sso,
  options: GuardOptions,
  tenantOf: (request: SsoRequest) => string | undefined,
): SsoHandler {
  const check = async (request: SsoRequest, response: SsoResponse): Promise<boolean> => {
    const tenant = tenantOf(request);
    const session = await readSession(sso, request, response, { tenant });
    if (session === undefined) {
      askToSignIn(request, response, options.loginPath ?? '/auth/login', tenant);
      return false;
    }
    refuseRole(session, options.role);
    request.sso = session;
    return true;
  };
  return (request, response, next) => {
    check(request, response).then((passed) => (passed ? next() : undefined), next);
  };
}

function refuseRole({ user }: SsoSession, wanted: GuardOptions['role']): void {
  const roles = typeof wanted === 'string' ? [wanted] : wanted;
  if (roles === undefined || roles.includes(user.role)) return;
  throw new SsoError('role_required', `This needs the role ${roles.join(' or ')}.`, { httpStatus: 403 });
}

function askToSignIn(
  request: SsoRequest,
  response: SsoResponse,
  loginPath: string,
  tenant: string | undefined,
): void {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  const query = new URLSearchParams({
    ...(tenant === undefined ? {} : { tenant }),
    returnTo: request.originalUrl,
  });
  const login = `${loginPath}?${query.toString()}`;
  if (isPage) return redirect(response, 302, login);
  answerJson(response, 401, 'application/problem+json', {
    status: 401,
    code: 'sso_required',
    title: 'Sign in first.',
    login: `${loginPath}${tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`}`,
  });
}
