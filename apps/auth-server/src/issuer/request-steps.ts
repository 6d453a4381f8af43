import type { OidcContext } from 'oidc-provider';
import type { LiveAccounts } from './live-account';

type Next = () => Promise<void>;

// `script-src` is spelled out because oidc-provider adds the hash of its one script (response_mode=form_post) to it.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Hijacked replies skip Fastify's hooks, so these headers are ours to set. */
export async function setPageHeaders(context: OidcContext, next: Next): Promise<void> {
  context.set('content-security-policy', contentSecurityPolicy);
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

/** Every application gets the same `sub` of a person, so discovery says "public" (OpenID Connect Core 8). */
export async function namePublicSubjects(context: OidcContext, next: Next): Promise<void> {
  await next();
  if (!context.path.startsWith('/.well-known/') || typeof context.body !== 'object') return;
  context.body = { ...context.body, subject_types_supported: ['public'] };
}

/** Signing out at the issuer ends our session, and with it every token of it. */
export function endOurSession(accounts: LiveAccounts) {
  return async (context: OidcContext, next: Next): Promise<void> => {
    await next();
    if (context.path !== '/session/end/confirm' || context.method !== 'POST') return;
    const { session } = context.oidc;
    if (session?.destroyed === true && session.accountId !== undefined) await accounts.end(session.accountId);
  };
}
