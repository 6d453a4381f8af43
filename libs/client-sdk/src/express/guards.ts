import type { Sso } from '../create-sso.ts';
import { isTenant, type SsoSession } from '../session/session.ts';
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
 * The session of this request, if there is one that still stands: see `sso.session.check`.
 *
 * @example
 * const session = await readSession(sso, req, res);
 * res.send(session ? `Hello ${session.user.email}` : 'Please sign in');
 */
export async function readSession(
  sso: Sso,
  request: SsoRequest,
  response: SsoResponse,
  expected: { tenant?: string | undefined } = {},
): Promise<SsoSession | undefined> {
  const session = await standingSession(sso, request, response);
  return session !== undefined && isOf(sso, session, expected.tenant) ? session : undefined;
}

// The cookie is left alone: Gatehouse may be away, or a suspended organisation come back.
async function standingSession(
  sso: Sso,
  request: SsoRequest,
  response: SsoResponse,
): Promise<SsoSession | undefined> {
  const cookies = new Cookies(originOf(sso, request), request, response);
  const session = await sso.session.read(cookies.session);
  return session && sso.session.check(session);
}

function isOf({ tenantKey }: Sso, { tenant }: SsoSession, asked: string | undefined): boolean {
  return asked === undefined || isTenant(tenant, asked, tenantKey);
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
 * Lets through who is signed in to the tenant that the request names; others go to that tenant's sign-in. A session of
 * another tenant does not count: what is no page gets a 401 with the code `step_up_required` then.
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
    const session = await standingSession(sso, request, response);
    if (session === undefined || !isOf(sso, session, tenant)) {
      const code = session === undefined ? 'sso_required' : 'step_up_required';
      askToSignIn(request, response, { login: options.loginPath ?? '/auth/login', tenant, code });
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

interface Asked {
  readonly login: string;
  readonly tenant: string | undefined;
  readonly code: 'sso_required' | 'step_up_required';
}

function askToSignIn(request: SsoRequest, response: SsoResponse, { login, tenant, code }: Asked): void {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  const query = new URLSearchParams({
    ...(tenant === undefined ? {} : { tenant }),
    returnTo: request.originalUrl,
  });
  if (isPage) return redirect(response, 302, `${login}?${query.toString()}`);
  answerJson(response, 401, 'application/problem+json', {
    status: 401,
    code,
    title: code === 'sso_required' ? 'Sign in first.' : 'Sign in to this team first.',
    login: `${login}${tenant === undefined ? '' : `?tenant=${encodeURIComponent(tenant)}`}`,
  });
}
