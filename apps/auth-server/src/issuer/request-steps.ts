import type { OidcContext } from 'oidc-provider';
import { pagePolicy } from './page-policy';

type Next = () => Promise<void>;

/** Hijacked replies skip Fastify's hooks, so these headers are ours to set. */
export async function setPageHeaders(context: OidcContext, next: Next): Promise<void> {
  context.set('content-security-policy', pagePolicy());
  context.set('referrer-policy', 'no-referrer');
  context.set('x-content-type-options', 'nosniff');
  if (context.secure) context.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  await next();
}

/** A `__Host-` cookie must have the path `/`; oidc-provider would narrow that of the resume cookie. */
export async function keepCookiesAtRoot({ cookies }: OidcContext, next: Next): Promise<void> {
  const set = cookies.set.bind(cookies);
  cookies.set = (name, value, options) => set(name, value, { ...options, path: '/' });
  await next();
}

/**
 * What discovery says besides: every application gets the same `sub` of a person (OpenID Connect Core 8), and is told by the
 * worker of sessions that end (OpenID Connect Back-Channel Logout 1.0, 2.1), which oidc-provider would do only at a sign-out.
 */
export async function completeDiscovery(context: OidcContext, next: Next): Promise<void> {
  await next();
  if (!context.path.startsWith('/.well-known/') || typeof context.body !== 'object') return;
  context.body = {
    ...context.body,
    subject_types_supported: ['public'],
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  };
}
